# The curve of indirect calibration, fitted by R's glm: Rscript make.R > expected.json
x <- c(3, 8, 12, 17, 22, 28, 33, 39, 45, 52, 58, 63, 70, 77, 85, 92)
cuts <- c(10, 20, 40, 60, 80)
rough <- rep(0, length(x))
for (i in seq_along(cuts)) rough[x > cuts[i]] <- round(i / length(cuts), 3)
fitted <- fitted(glm(rough ~ log(x) + sqrt(x) + x + I(x^2), family = quasibinomial(logit)))
show <- function(v) paste(format(v, digits = 12, scientific = FALSE, trim = TRUE), collapse = ", ")
cat(sprintf('{"x": [%s],\n "cuts": [%s],\n "fitted": [%s]}\n', show(x), show(cuts), show(unname(fitted))))
