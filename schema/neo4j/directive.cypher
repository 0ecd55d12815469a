// 指示精神的传达路径：从中央到县
// A directive's path from Beijing to the county
// :param directive => '长江经济带发展座谈会'
// Part of a directive's name. Who gave it comes first, then who passed it on, from the highest level down.
MATCH (step)-[edge:ISSUED|CONVEYED]->(paper:Directive)
WHERE paper.name CONTAINS $directive
RETURN paper.name AS directive, edge.label AS did, step.label AS who, step.level AS level, step.date AS date,
       edge.quotes AS quotes
ORDER BY directive, CASE edge.label WHEN 'ISSUED' THEN 0 ELSE 1 END,
         CASE step.level WHEN 'national' THEN 0 WHEN 'province' THEN 1 WHEN 'prefecture' THEN 2 WHEN 'county' THEN 3
                         ELSE 4 END, date, who
