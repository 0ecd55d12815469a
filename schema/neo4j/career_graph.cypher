// 履历图：职务与所属机构
// A person's career, drawn: posts and their organisations
// :param name => '沈砚秋'
MATCH (person:Person)-[held:HOLDS]->(post:Post)
WHERE person.name = $name OR person.label = $name
OPTIONAL MATCH (post)-[inside:POST_IN]->(body:Organization)
RETURN person, held, post, inside, body
