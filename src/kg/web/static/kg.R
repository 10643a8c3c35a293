# Functions that ask the graph from R. Packages httr2 and jsonlite are needed; `docs/r.md` has examples.
#
#   source("http://localhost:8000/static/kg.R")
#   kg_events("http://localhost:8000/sparql", actor = "PRK", since = "2024-01-01")

#' What a SPARQL query gives.
#'
#' @param endpoint Address of a SPARQL 1.1 endpoint, as "http://localhost:8000/sparql".
#' @param sparql A SELECT or ASK query; the prefixes of the ontology need not be declared.
#' @return For SELECT a data frame, a column for each variable. Columns of xsd:integer (and what derives from it),
#'   decimal, double, float, boolean, date and dateTime become integer, numeric, logical, Date and POSIXct (UTC, also
#'   where no time zone stands). All else is text: IRIs, strings, xsd:gYearMonth and xsd:gYear, columns of mixed types,
#'   and columns with a value that R has no room for. What is not bound is NA. For ASK TRUE or FALSE.
#'   An error of class "kg_error", with the HTTP `status` (NA where none came), says why there is no whole answer.
kg_query <- function(endpoint, sparql) {
  answer <- .kg_ask(endpoint, paste(enc2utf8(sparql), collapse = "\n"))
  if (!is.null(answer$boolean)) {
    return(answer$boolean)
  }
  bindings <- answer$results$bindings
  rows <- if (is.data.frame(bindings)) nrow(bindings) else 0L
  names <- as.character(answer$head$vars)
  columns <- lapply(names, function(name) .kg_column(name, if (rows > 0) bindings[[name]], rows))
  structure(columns, names = names, row.names = seq_len(rows), class = "data.frame")
}

#' The events of the graph, one in a row, in the order of their dates; those without one come last.
#'
#' @param actor,recipient ISO 3166-1 alpha-3 codes: only events with one of these states behind an actor, a recipient.
#' @param category PLOVER categories, as c("AID", "ASSAULT").
#' @param factuality Any of "actual", "future", "hypothetical", "negated".
#' @param since,until First and last day, as Date or "YYYY-MM-DD". An event of which only the month or year is known
#'   counts where any of it lies between; one without a date does not count where either is given.
#' @return A data frame. `date` is text, as precise as the article is; `day` is the Date where the day is known.
#'   Several actors, recipients, states, contexts or sentences stand in one cell, with "; " between.
kg_events <- function(endpoint, actor = NULL, recipient = NULL, category = NULL, factuality = NULL,
                      since = NULL, until = NULL) {
  rows <- kg_query(endpoint, .kg_fill(.kg_events_query, c(
    .kg_among("?event kg:actorState/kg:iso3 ?by", "?by", .kg_states(actor)),
    .kg_among("?event kg:recipientState/kg:iso3 ?to", "?to", .kg_states(recipient)),
    .kg_among("", "?category", .kg_known(category, .kg_categories)),
    .kg_among("", "?factuality", .kg_known(factuality, .kg_factualities)),
    .kg_between("?event kg:date ?date", "?date", since, until)
  )))
  .kg_table(rows, c("score", "confidence"))
}

#' The statements of the graph, one in a row, in the order of their dates; those without one come last.
#'
#' @param speaker Names, whole and in any of their forms: only what one of these said. Case does not matter.
#' @param stance Stances, as c("condemns", "denies").
#' @param since,until First and last day, as for `kg_events`.
#' @return A data frame with `date` and `day` as in `kg_events`; several of a kind stand in one cell, as there.
kg_statements <- function(endpoint, speaker = NULL, stance = NULL, since = NULL, until = NULL) {
  named <- "?statement kg:speaker/(rdfs:label|skos:altLabel) ?name"
  rows <- kg_query(endpoint, .kg_fill(.kg_statements_query, c(
    .kg_among(named, "STR(?name)", speaker, as = "LCASE"),
    .kg_among("", "?stance", .kg_known(stance, .kg_stances)),
    .kg_between("?statement kg:saidOn ?date", "?date", since, until)
  )))
  .kg_table(rows, "confidence")
}

#' A text as a SPARQL literal, in quotation marks, so that it may be pasted into a query whatever it holds.
kg_literal <- function(text) {
  text <- gsub("([\\\\\"])", "\\\\\\1", enc2utf8(as.character(text)))
  text <- gsub("\n", "\\n", gsub("\r", "\\r", text, fixed = TRUE), fixed = TRUE)
  paste0('"', text, '"')
}

# -- asking ------------------------------------------------------------------------------------------------------------

.kg_stop <- function(message, status = NA_integer_) {
  stop(structure(class = c("kg_error", "error", "condition"), list(message = message, call = NULL, status = status)))
}

# The parsed answer. Sent by POST, since addresses have an end.
.kg_ask <- function(endpoint, sparql) {
  request <- httr2::request(endpoint)
  request <- httr2::req_headers(request, Accept = "application/sparql-results+json")
  request <- httr2::req_body_form(request, query = sparql)
  request <- httr2::req_error(request, is_error = function(response) FALSE)
  response <- .kg_send(request, endpoint)
  status <- httr2::resp_status(response)
  type <- httr2::resp_content_type(response)
  type <- if (length(type) == 0 || is.na(type)) "no type" else type
  text <- if (length(response$body) > 0) httr2::resp_body_string(response, "UTF-8") else ""
  if (status >= 400) {
    .kg_stop(paste0(endpoint, " answers ", status, ": ", .kg_reason(text, type, response)), status)
  }
  if (!grepl("json", type)) {
    .kg_stop(paste0(endpoint, " is no SPARQL endpoint: it answers with ", type), status)
  }
  jsonlite::parse_json(text, simplifyVector = TRUE)
}

# Sent again only where the service says when: httr2 would also repeat what broke off, and so ask for it all again.
.kg_send <- function(request, endpoint, tries = 3) {
  response <- tryCatch(httr2::req_perform(request), error = function(error) {
    cause <- if (is.null(error$parent)) error else error$parent
    .kg_stop(paste0("no whole answer from ", endpoint, ": ", conditionMessage(cause)))
  })
  seconds <- suppressWarnings(as.numeric(httr2::resp_header(response, "Retry-After")))
  if (tries == 1 || httr2::resp_status(response) < 400 || length(seconds) == 0 || is.na(seconds)) {
    return(response)
  }
  Sys.sleep(min(seconds, 60))
  .kg_send(request, endpoint, tries - 1)
}

# What the service says is wrong (RFC 9457); of others the beginning of what they say.
.kg_reason <- function(text, type, response) {
  problem <- if (grepl("json", type)) tryCatch(jsonlite::parse_json(text), error = function(error) NULL)
  if (is.list(problem) && is.character(problem$detail)) {
    problem$detail
  } else if (grepl("text/plain", type) && text != "") {
    substr(text, 1, 500)
  } else {
    httr2::resp_status_desc(response)
  }
}

# -- typed columns -----------------------------------------------------------------------------------------------------

.kg_xsd <- function(...) paste0("http://www.w3.org/2001/XMLSchema#", c(...))

.kg_integers <- .kg_xsd(
  "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger", "long", "int", "short",
  "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"
)
.kg_zone <- "(Z|[+-][0-9]{2}:[0-9]{2})?$"

# How a column is read whose values are all of these types and look like this; the first that fits is taken.
# https://www.w3.org/TR/xmlschema11-2/
.kg_readers <- list(
  list(types = .kg_integers, form = "^[+-]?[0-9]+$", read = function(text) {
    number <- as.numeric(text)
    largest <- max(abs(number), na.rm = TRUE)
    if (largest <= .Machine$integer.max) as.integer(number) else if (largest <= 2^53) number else text
  }),
  list(
    types = c(.kg_integers, .kg_xsd("decimal", "double", "float")),
    form = "^([+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$", read = as.numeric
  ),
  list(types = .kg_xsd("boolean"), form = "^(true|false|1|0)$", read = function(text) {
    ifelse(is.na(text), NA, text %in% c("true", "1"))
  }),
  list(types = .kg_xsd("date"), form = paste0("^[0-9]{4}-[0-9]{2}-[0-9]{2}", .kg_zone), read = function(text) {
    as.Date(substr(text, 1, 10), "%Y-%m-%d")
  }),
  list(
    types = .kg_xsd("dateTime"),
    form = paste0("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?", .kg_zone),
    read = function(text) .kg_time(text)
  )
)

# Moments, from local time and the hours that its zone is ahead of UTC.
.kg_time <- function(text) {
  time <- as.POSIXct(substr(text, 1, 19), format = "%Y-%m-%dT%H:%M:%S", tz = "UTC")
  part <- ifelse(grepl("[.]", text), sub("^[^.]*([.][0-9]+).*$", "\\1", text), "0")
  zone <- ifelse(grepl("[+-][0-9]{2}:[0-9]{2}$", text), sub("^.*([+-][0-9]{2}:[0-9]{2})$", "\\1", text), "+00:00")
  minutes <- as.numeric(substr(zone, 2, 3)) * 60 + as.numeric(substr(zone, 5, 6))
  time + as.numeric(part) - ifelse(substr(zone, 1, 1) == "-", -60, 60) * minutes
}

# One column of an answer; `cells` are its terms as jsonlite gives them, NULL where none is bound.
.kg_column <- function(name, cells, rows) {
  if (is.null(cells)) {
    return(rep(NA, rows))
  }
  if (any(cells$type %in% "triple")) {
    .kg_stop(paste0("?", name, " is a triple, for which a data frame has no room: ask for SUBJECT(?", name, "), ..."))
  }
  text <- as.character(cells$value)
  # jsonlite takes a column of the words NA, NaN and Inf alone for numbers.
  text[is.na(text) & !is.na(cells$type)] <- "NA"
  type <- if (is.null(cells$datatype)) rep(NA, rows) else cells$datatype
  .kg_typed(text, type)
}

.kg_typed <- function(text, type) {
  bound <- !is.na(text)
  for (reader in .kg_readers) {
    if (all(type[bound] %in% reader$types) && all(grepl(reader$form, text[bound]))) {
      column <- reader$read(text)
      # A day that no calendar has stays as it is.
      return(if (any(is.na(column) & !is.nan(as.numeric(column)) & bound)) text else column)
    }
  }
  text
}

# -- the queries of kg_events and kg_statements ------------------------------------------------------------------------

# All values of each variable, in one text and in any order. One that is not bound would make GROUP_CONCAT fail, so it
# is made empty; `.kg_sorted` takes the empty ones out.
.kg_all <- function(...) {
  all <- paste0('GROUP_CONCAT(DISTINCT COALESCE(?a_', c(...), ', ""); separator="\\u001F")')
  paste0("(", all, " AS ?", c(...), ")", collapse = "\n  ")
}

.kg_article <- "
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:url ?url }
  OPTIONAL { ?article schema:datePublished ?published }"

# Nine digits before each sentence say where it stands.
.kg_sentence <- "
    ?span oa:exact ?exact ; oa:start ?start
    BIND (CONCAT(SUBSTR(STR(1000000000 + ?start), 2), ?exact) AS ?a_sentence)"

# Each actor, state, ... is a solution of its own, not each combination of them: an event with ten actors stays small.
.kg_events_query <- paste0("
SELECT ?event ?date ?category ?mode ?quad_class ?score ?factuality
  ", .kg_all("actor", "actor_state", "recipient", "recipient_state", "contexts"), "
  ?trigger ?confidence ", .kg_all("sentence"), " ?article ?headline ?url ?published
WHERE {
  ?event a kg:Event ; kg:category ?kind ; kg:factuality/skos:notation ?factuality ; kg:article ?article .
  ?kind skos:notation ?category ; kg:quadClass/skos:notation ?quad_class ; kg:score ?usual .
  %s
  OPTIONAL { ?event kg:date ?date }
  OPTIONAL { ?event kg:trigger ?trigger }
  OPTIONAL { ?event kg:confidence ?confidence }
  OPTIONAL { ?event kg:mode/skos:notation ?mode }
  OPTIONAL { ?event kg:mode/^kg:mode ?scored . ?scored a kg:ModeScore ; kg:category ?kind ; kg:score ?own }
  BIND (COALESCE(?own, ?usual) AS ?score)", .kg_article, "
  { ?event kg:actor/rdfs:label ?a_actor }
  UNION { ?event kg:actorState/kg:iso3 ?a_actor_state }
  UNION { ?event kg:recipient/rdfs:label ?a_recipient }
  UNION { ?event kg:recipientState/kg:iso3 ?a_recipient_state }
  UNION { ?event kg:context/skos:notation ?a_contexts }
  UNION { ?event kg:evidence ?span .", .kg_sentence, " }
}
GROUP BY ?event ?date ?category ?mode ?quad_class ?score ?factuality ?trigger ?confidence ?article ?headline ?url
  ?published")

.kg_statements_query <- paste0("
SELECT ?statement ?date ?stance ", .kg_all("speaker", "speaker_state", "addressee", "about"), "
  ?quote ?confidence ", .kg_all("sentence"), " ?article ?headline ?url ?published
WHERE {
  ?statement a kg:Statement ; kg:stance/skos:notation ?stance ; kg:article ?article .
  %s
  OPTIONAL { ?statement kg:saidOn ?date }
  OPTIONAL { ?statement kg:quote ?quote }
  OPTIONAL { ?statement kg:confidence ?confidence }", .kg_article, "
  { ?statement kg:speaker/rdfs:label ?a_speaker }
  UNION { ?statement kg:speaker/kg:represents?/(kg:ofState|kg:partOfState)?/kg:iso3 ?a_speaker_state }
  UNION { ?statement kg:addressee/rdfs:label ?a_addressee }
  UNION { ?statement kg:about/rdfs:label ?a_about }
  UNION { ?statement kg:evidence ?span .", .kg_sentence, " }
}
GROUP BY ?statement ?date ?stance ?quote ?confidence ?article ?headline ?url ?published")

# The conditions take the place of "%s"; sprintf would stop at 8192 bytes.
.kg_fill <- function(query, conditions) {
  sub("%s", paste(conditions, collapse = "\n  "), query, fixed = TRUE)
}

# That what `pattern` binds is among `values`; `as` is applied to both before they are compared.
.kg_among <- function(pattern, bound, values, as = "") {
  if (is.null(values)) {
    return(character())
  }
  if (!is.character(values) || length(values) == 0 || anyNA(values)) {
    .kg_stop(paste("texts are expected, not", deparse(values)[1]))
  }
  wanted <- paste0(as, "(", kg_literal(values), ")", collapse = ", ")
  # That an event is found twice, by two of them, does no harm: the queries group.
  paste0(pattern, " FILTER (", as, "(", bound, ") IN (", wanted, "))")
}

.kg_categories <- c(
  "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
  "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"
)
.kg_factualities <- c("actual", "future", "hypothetical", "negated")
.kg_stances <- c(
  "states", "announces", "pledges", "supports", "requests", "condemns", "accuses", "denies", "rejects", "warns",
  "confirms", "expects"
)

.kg_known <- function(values, known) {
  wrong <- setdiff(values, known)
  if (length(wrong) > 0) {
    .kg_stop(paste0("\"", wrong[1], "\" is none of ", paste(known, collapse = ", ")))
  }
  values
}

.kg_states <- function(codes) {
  wrong <- codes[!grepl("^[A-Z]{3}$", codes)]
  if (length(wrong) > 0) {
    .kg_stop(paste0("states are given by ISO 3166-1 alpha-3 codes, as \"USA\", not \"", wrong[1], "\""))
  }
  codes
}

# That a date, a month or a year overlaps with the days from `since` to `until`: no more of these is compared than the
# date has.
.kg_between <- function(pattern, bound, since, until) {
  if (is.null(since) && is.null(until)) {
    return(character())
  }
  cut <- function(day) paste0("SUBSTR(", kg_literal(.kg_day(day)), ", 1, STRLEN(STR(", bound, ")))")
  after <- if (!is.null(since)) paste0("STR(", bound, ") >= ", cut(since))
  before <- if (!is.null(until)) paste0("STR(", bound, ") <= ", cut(until))
  paste0(pattern, " FILTER (", paste(c(after, before), collapse = " && "), ")")
}

.kg_day <- function(day) {
  text <- as.character(day)
  if (length(text) != 1 || !grepl("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text) || is.na(as.Date(text, "%Y-%m-%d"))) {
    .kg_stop(paste0("a day is given as a Date or \"YYYY-MM-DD\", not \"", paste(text, collapse = " "), "\""))
  }
  text
}

# The same columns of the same types, whatever the rows are, in the order of dates and of the texts.
.kg_table <- function(rows, numbers) {
  for (name in names(rows)) {
    text <- as.character(rows[[name]])
    rows[[name]] <- if (name %in% numbers) as.numeric(text) else .kg_sorted(text)
  }
  rows <- rows[order(rows$date, rows$article, rows$sentence, rows[[1]], method = "radix"), ]
  rows$sentence <- gsub("(^|\x1f)[0-9]{9}", "\\1", rows$sentence)
  texts <- vapply(rows, is.character, TRUE)
  rows[texts] <- lapply(rows[texts], function(text) gsub("\x1f", "; ", text, fixed = TRUE))
  is_day <- grepl("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", rows$date)
  day <- as.Date(ifelse(is_day, rows$date, NA_character_))
  at <- match("date", names(rows))
  rows <- data.frame(rows[seq_len(at)], day = day, rows[-seq_len(at)], stringsAsFactors = FALSE)
  rownames(rows) <- NULL
  rows
}

# The parts of each text in one order, so that the same graph gives the same table; NA where there is none.
.kg_sorted <- function(text) {
  sorted <- vapply(strsplit(text, "\x1f", fixed = TRUE), function(parts) {
    paste(sort(parts[parts != ""], method = "radix"), collapse = "\x1f")
  }, "")
  sorted[sorted == "" | is.na(text)] <- NA
  sorted
}
