// 前后任
// Who followed whom in a post
// :param post => '苍溪县县长'
// The post's full name. Ordered by the first day that is stated, or on which a page shows the person in the post.
MATCH (official:Person)-[held:HOLDS]->(office:Post)
WHERE office.name = $post
RETURN office.name AS post, official.label AS person, held.acting AS acting, held.start AS start, held.`end` AS `end`,
       held.observed_from AS seen_from, held.observed_to AS seen_to
ORDER BY coalesce(held.start_first, held.observed_first), coalesce(held.end_last, held.observed_last), person
