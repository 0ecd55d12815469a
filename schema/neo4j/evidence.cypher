// 一条关系的原文依据
// The evidence of one edge
// :param from => '沈砚秋'
// :param to => '广元市副市长'
// Names of both ends: every quote with the document it stands in.
MATCH (head)-[edge]->(tail)
WHERE head.name = $from AND tail.name = $to
UNWIND range(1, size(edge.quotes)) AS number
WITH edge, edge.quotes[-number] AS quote, edge.quote_documents[-number] AS document_id
MATCH (document:Document)
WHERE document.id = document_id
RETURN edge.label AS relation, quote, document.title AS title, document.publisher AS publisher,
       document.published AS published, document.url AS url, document.source AS source
ORDER BY relation, published, title, quote
