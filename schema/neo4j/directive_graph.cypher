// 传达路径图：谁发出、谁传达、责成谁
// A directive, drawn: who gave it, who passed it on, who must act
// :param directive => '长江经济带发展座谈会'
MATCH (step)-[did:ISSUED|CONVEYED]->(directive:Directive)
WHERE directive.name CONTAINS $directive
OPTIONAL MATCH (who)-[took_part:PRESIDED|ATTENDED|SPOKE_AT]->(step)
OPTIONAL MATCH (directive)-[task:ADDRESSED_TO]->(actor)
RETURN step, did, directive, who, took_part, task, actor
