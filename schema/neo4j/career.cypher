// 履历
// A person's career
// :param name => '沈砚秋'
// Name or caption; the caption tells namesakes apart. What a page states of a term, and from when to when pages show it.
MATCH (official:Person)-[held:HOLDS]->(office:Post)
WHERE official.name = $name OR official.label = $name
OPTIONAL MATCH (office)-[:POST_IN]->(body:Organization)
RETURN official.label AS person, office.name AS post, body.name AS organization, held.acting AS acting,
       held.start AS start, held.`end` AS `end`, held.observed_from AS seen_from, held.observed_to AS seen_to
ORDER BY person, coalesce(held.start_first, held.observed_first), post
