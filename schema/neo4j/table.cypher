// 谁在会上
// Who sat at the table
// :param meeting => '第47次常务会议'
// Part of a meeting's name. `place` is the place in the list of participants: protocol order.
MATCH (somebody)-[took_part:PRESIDED|ATTENDED|SPOKE_AT|REPORTED_AT]->(event:Meeting)
WHERE event.name CONTAINS $meeting
WITH event, somebody, collect(DISTINCT took_part.label) AS roles, min(took_part.rank) AS place
RETURN event.label AS meeting, somebody.label AS who, roles, place
ORDER BY meeting, CASE WHEN 'PRESIDED' IN roles THEN 0 ELSE 1 END, coalesce(place, 999), who
