import { writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

// Writes the types of the API's contract. Lists that will grow are open in the contract, because apps live long. This client is deployed
// with the API and knows all values of its day, so here they are unions, and the compiler finds a value without words.
const { factory } = ts;
const literal = (value) => factory.createLiteralTypeNode(value === null ? factory.createNull() : factory.createStringLiteral(value));

const nodes = await openapiTS(new URL('../functions/openapi.yaml', import.meta.url), {
  alphabetize: true,
  defaultNonNullable: false,
  transform(schema) {
    const known = schema['x-extensible-enum'];
    return known && factory.createUnionTypeNode([...known, ...(schema.type.includes('null') ? [null] : [])].map(literal));
  },
});
writeFileSync(new URL('src/api/schema.d.ts', import.meta.url), astToString(nodes));
