// 同场参会图：与某人同会的人
// Co-attendance, drawn: the meetings of one person and who else was there
// :param name => '沈砚秋'
MATCH (person:Person)-[took_part:PRESIDED|ATTENDED|SPOKE_AT|REPORTED_AT]->(meeting:Meeting)
WHERE person.name = $name OR person.label = $name
OPTIONAL MATCH (other:Person)-[too:PRESIDED|ATTENDED|SPOKE_AT|REPORTED_AT]->(meeting)
RETURN person, took_part, meeting, other, too
