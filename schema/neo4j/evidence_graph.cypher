// 依据图：一条关系及其出处
// The evidence of one edge, drawn: both ends and the documents that name them
// :param from => '沈砚秋'
// :param to => '广元市副市长'
MATCH (head)-[edge]->(tail)
WHERE head.name = $from AND tail.name = $to
UNWIND edge.quote_documents AS document_id
MATCH (document:Document)-[names_head:MENTIONS]->(head), (document)-[names_tail:MENTIONS]->(tail)
WHERE document.id = document_id
RETURN head, edge, tail, document, names_head, names_tail
