// 前后任图：一个职务的历任
// A post, drawn with all who held it and who appointed or removed them
// :param post => '广元市副市长'
MATCH (person:Person)-[held:HOLDS]->(post:Post)
WHERE post.name = $post
OPTIONAL MATCH (body:Organization)-[decided:APPOINTED|REMOVED]->(person)
WHERE decided.post_id = post.id
RETURN person, held, post, body, decided
