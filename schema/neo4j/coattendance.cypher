// 同场参会
// Co-attendance: who was in the same meetings
// :param least => 2
// Pairs of persons with at least so many meetings in common.
MATCH (a:Person)-[:PRESIDED|ATTENDED|SPOKE_AT|REPORTED_AT]->(meeting:Meeting)
      <-[:PRESIDED|ATTENDED|SPOKE_AT|REPORTED_AT]-(b:Person)
WHERE a.id < b.id
WITH a, b, count(DISTINCT meeting) AS meetings, min(meeting.date_first) AS first_day, max(meeting.date_last) AS last_day
WHERE meetings >= $least
RETURN a.label AS one, b.label AS other, meetings, first_day, last_day
ORDER BY meetings DESC, one, other
