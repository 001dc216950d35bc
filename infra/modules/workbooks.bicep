import { tagSet } from '../types.bicep'

metadata description = 'One page for finance, one for operations.'

param location string
param tags tagSet
param workspaceId string

var books = [
  { title: 'Autopay: finance', content: loadTextContent('../workbooks/finance.json') }
  { title: 'Autopay: operations', content: loadTextContent('../workbooks/operations.json') }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = [
  for book in books: {
    name: guid(resourceGroup().id, book.title)
    location: location
    tags: tags
    kind: 'shared'
    properties: { displayName: book.title, category: 'workbook', sourceId: workspaceId, serializedData: book.content }
  }
]
