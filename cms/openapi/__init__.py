"""The OpenAPI 3.1 document: how views become operations, and the shapes that both apps share."""
