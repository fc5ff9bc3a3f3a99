# Rscript values.R  (in this folder; R with sna and igraph). Writes values.csv: network, measure, actor, value.
suppressMessages({library(sna); library(igraph, exclude = NULL)})
ties <- read.csv("ties.csv"); actors <- read.csv("actors.csv")
rows <- list()
say <- function(network, measure, value, actor = NULL) {
  if (is.null(actor)) actor <- rep("", length(value))
  text <- trimws(formatC(as.numeric(value), digits = 17, format = "g"))
  text[is.na(value)] <- "NA"
  rows[[length(rows) + 1]] <<- data.frame(network, measure, actor, value = text)
}
roles <- c("coordinator", "consultant", "representative", "gatekeeper", "liaison", "total")
for (name in unique(actors$network)) {
  a <- actors[actors$network == name, ]; t <- ties[ties$network == name, ]
  n <- nrow(a); directed <- a$directed[1] == "True"
  m <- matrix(0, n, n)
  for (k in seq_len(nrow(t))) {
    m[t$source[k] + 1, t$target[k] + 1] <- t$weight[k]
    if (!directed) m[t$target[k] + 1, t$source[k] + 1] <- t$weight[k]
  }
  b <- (m > 0) * 1; id <- a$actor
  mode <- if (directed) "directed" else "undirected"; gmode <- if (directed) "digraph" else "graph"
  g <- igraph::graph_from_adjacency_matrix(m, mode = mode, weighted = TRUE)
  u <- igraph::simplify(igraph::as.undirected(igraph::graph_from_adjacency_matrix(b, mode = mode)))
  say(name, "degree in", colSums(b), id); say(name, "degree out", rowSums(b), id)
  if (n > 1) {
    say(name, "betweenness", sna::betweenness(b, gmode = gmode), id)
    say(name, "density", sna::gden(b, mode = gmode))
    say(name, "constraint", if (igraph::ecount(g) > 0) igraph::constraint(g) else rep(NaN, n), id)
    say(name, "components", igraph::components(g)$no)
    say(name, "coreness", igraph::coreness(u), id)
    cut <- rep(0, n); cut[as.integer(igraph::articulation_points(u))] <- 1
    say(name, "cutpoint", cut, id)
    say(name, "transitivity", if (directed) sna::gtrans(b, measure = "weak") else igraph::transitivity(u))
    say(name, "clustering", igraph::transitivity(u, type = "local", isolates = "nan"), id)
    d <- igraph::distances(igraph::graph_from_adjacency_matrix(b, mode = mode), mode = "out")
    diag(d) <- NA; near <- 1 / d; far <- d; far[is.infinite(far)] <- NA
    say(name, "harmonic", rowMeans(near, na.rm = TRUE), id)
    say(name, "distance", mean(far, na.rm = TRUE)); say(name, "compactness", mean(near, na.rm = TRUE))
    say(name, "connectedness", sna::connectedness(b))
  }
  if (n > 2) {
    kinds <- if (directed) c("freeman", "indegree", "outdegree") else "freeman"
    for (k in kinds) {
      value <- sna::centralization(b, sna::degree, mode = gmode, cmode = k)
      say(name, paste("centralization", k), value)
    }
    say(name, "centralization betweenness", sna::centralization(b, sna::betweenness, mode = gmode))
    if (directed) {
      say(name, "hierarchy", sna::hierarchy(b, measure = "krackhardt"))
      census <- sna::triad.census(b); say(name, "triads", census, colnames(census))
      census <- sna::dyad.census(b); say(name, "dyads", census, tolower(colnames(census)))
      say(name, "reciprocity dyad", sna::grecip(b, measure = "dyadic.nonnull"))
      say(name, "reciprocity arc", sna::grecip(b, measure = "edgewise"))
    }
    if (sum(b) > 0) {
      f <- sna::brokerage(b, a$kind)
      for (r in seq_along(roles)) {
        say(name, paste("roles", roles[r]), f$raw.nli[, r], id)
        if (directed) {
          say(name, paste("expected", roles[r]), f$exp.nli[, r], id)
          say(name, paste("sd", roles[r]), f$sd.nli[, r], id)
          say(name, paste("network sd", roles[r]), f$sd.gli[r])
          say(name, paste("network expected", roles[r]), f$exp.gli[r])
        }
      }
    }
  }
}
write.csv(do.call(rbind, rows), "values.csv", row.names = FALSE, quote = c(1, 2))
cat(nrow(do.call(rbind, rows)), "values\n")
