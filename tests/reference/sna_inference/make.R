# R 4.2.2, sna 2.7-1. From this folder: Rscript make.R ../knoke > values.csv
# Knoke bureaucracies (KNOKI information, KNOKM money): QAP, MRQAP (double semi-partialling), logit, CUG.
library(sna)
folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(name) as.matrix(read.csv(file.path(folder, name), row.names = 1))
info <- read("KNOKI.csv"); money <- read("KNOKM.csv")
n <- nrow(info)
index <- abs(outer(1:n, 1:n, "-"))          # distance on the list: any third matrix will do
out <- function(test, term, what, value) cat(test, term, what, format(value, digits = 10), sep = ",", fill = TRUE)
cat("test,term,what,value\n")
set.seed(1)
q <- qaptest(list(info, money), gcor, g1 = 1, g2 = 2, reps = 20000)
out("qap", "information-money", "estimate", q$testval)
out("qap", "information-money", "greater", q$pgreq)
out("qap", "information-money", "less", q$pleeq)
out("qap", "information-money", "sd", sd(q$dist))
fit <- netlm(info, list(money, t(info), index), nullhyp = "qapspp", reps = 5000)
for (k in 1:4) {
  term <- c("intercept", "money", "returned", "index")[k]
  out("linear", term, "estimate", fit$coefficients[k])
  out("linear", term, "statistic", fit$tstat[k])
  out("linear", term, "p", fit$pgreqabs[k])
  out("linear", term, "greater", fit$pgreq[k])
}
logit <- netlogit(info, list(money, t(info), index), nullhyp = "qapspp", reps = 2000)
for (k in 1:4) {
  term <- c("intercept", "money", "returned", "index")[k]
  out("logit", term, "estimate", logit$coefficients[k])
  out("logit", term, "statistic", logit$tstat[k])
  out("logit", term, "p", logit$pgreqabs[k])
  out("logit", term, "greater", logit$pgreq[k])
}
for (given in c("size", "edges", "dyad.census")) {
  g <- cug.test(info, grecip, mode = "digraph", cmode = given, reps = 5000, FUN.args = list(measure = "edgewise"))
  out("cug", given, "estimate", g$obs.stat)
  out("cug", given, "mean", mean(g$rep.stat))
  out("cug", given, "sd", sd(g$rep.stat))
  out("cug", given, "greater", g$pgteobs)
  g <- cug.test(info, gtrans, mode = "digraph", cmode = given, reps = 5000)
  out("cug-transitivity", given, "estimate", g$obs.stat)
  out("cug-transitivity", given, "mean", mean(g$rep.stat))
  out("cug-transitivity", given, "sd", sd(g$rep.stat))
  out("cug-transitivity", given, "greater", g$pgteobs)
}
