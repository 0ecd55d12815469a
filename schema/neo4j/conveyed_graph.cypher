// 传达图：会议、个人与所传达的精神
// Who conveyed what, drawn
// :param text => ''
MATCH (who)-[conveyed:CONVEYED]->(matter)
WHERE $text = '' OR matter.name CONTAINS $text
OPTIONAL MATCH (issuer)-[issued:ISSUED]->(matter)
RETURN who, conveyed, matter, issuer, issued
