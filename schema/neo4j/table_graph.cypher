// 会议图：参会者、议题与地点
// A meeting, drawn: who took part, what was before it, where it was
// :param meeting => '第47次常务会议'
MATCH (meeting:Meeting) WHERE meeting.name CONTAINS $meeting
MATCH (who)-[took_part:PRESIDED|ATTENDED|SPOKE_AT|REPORTED_AT]->(meeting)
OPTIONAL MATCH (meeting)-[about:CONVEYED|DELIBERATED|APPROVED|HELD_IN]->(matter)
RETURN who, took_part, meeting, about, matter
