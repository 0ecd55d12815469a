// 谁传达了什么
// Who conveyed what
// :param text => ''
// Part of the name of what was conveyed; empty for everything.
MATCH (somebody)-[edge:CONVEYED]->(thing)
WHERE $text = '' OR thing.name CONTAINS $text
OPTIONAL MATCH (issuer)-[:ISSUED]->(thing)
WITH somebody, edge, thing, collect(DISTINCT issuer.name) AS issuers
RETURN somebody.label AS who, somebody.level AS level, somebody.date AS date, thing.name AS matter, thing.kind AS kind, issuers,
       edge.quotes AS quotes
ORDER BY who, matter
