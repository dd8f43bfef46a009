extension OpenAPI {
  /// The path that takes a file.
  static let imports = #"""
    "/user/rcextension-imports": {
      "post": {
        "operationId": "importExtensions",
        "summary": "Checks or applies a CSV or XML file of users or extensions.",
        "description": "The body is the file, the answer its report. Parameters are the options of apply.",
        "security": [{"administrator": []}],
        "parameters": [
          {
            "name": "dryRun",
            "in": "query",
            "description": "Check only; nothing is written.",
            "schema": { "type": "boolean" }
          },
          {
            "name": "name",
            "in": "query",
            "description": "The name of the file, for reports and past runs.",
            "schema": { "type": "string" }
          },
          {
            "name": "kind",
            "in": "query",
            "description": "What the rows describe.",
            "schema": { "enum": ["users", "extensions"] }
          },
          {
            "name": "format",
            "in": "query",
            "description": "The format, where it is not to be found from the content.",
            "schema": { "type": "string" }
          },
          {
            "name": "delimiter",
            "in": "query",
            "description": "The delimiter of a CSV file.",
            "schema": { "type": "string" }
          },
          {
            "name": "encoding",
            "in": "query",
            "description": "The encoding of the file.",
            "schema": { "type": "string" }
          },
          {
            "name": "noHeader",
            "in": "query",
            "description": "Whether a CSV file has no header.",
            "schema": { "type": "boolean" }
          },
          {
            "name": "recordPath",
            "in": "query",
            "description": "The path of a record in an XML file.",
            "schema": { "type": "string" }
          },
          {
            "name": "map",
            "in": "query",
            "description": "Fields with their columns: userId=ID,rcExtension=Extension.",
            "schema": { "type": "string" }
          },
          {
            "name": "allowEmpty",
            "in": "query",
            "description": "Whether a file without rows is taken.",
            "schema": { "type": "boolean" }
          },
          {
            "name": "fix",
            "in": "query",
            "description": "Whether safe repairs are made.",
            "schema": { "enum": ["none", "safe"] }
          },
          {
            "name": "strict",
            "in": "query",
            "description": "Whether warnings reject their row.",
            "schema": { "type": "boolean" }
          },
          {
            "name": "onDuplicate",
            "in": "query",
            "description": "Who wins when rows want the same.",
            "schema": { "enum": ["reject-all", "keep-first", "keep-last"] }
          },
          {
            "name": "onExisting",
            "in": "query",
            "description": "What becomes of users with another extension.",
            "schema": { "enum": ["replace", "keep", "fail"] }
          },
          {
            "name": "onBlank",
            "in": "query",
            "description": "What a row without an extension means.",
            "schema": { "enum": ["reject", "skip", "clear"] }
          },
          {
            "name": "unknownUsers",
            "in": "query",
            "description": "What becomes of users that are not known.",
            "schema": { "enum": ["auto", "reject", "create"] }
          },
          {
            "name": "includeDisabled",
            "in": "query",
            "description": "Whether disabled users are taken like others.",
            "schema": { "type": "boolean" }
          },
          {
            "name": "reserved",
            "in": "query",
            "description": "Extensions that nobody may get.",
            "schema": { "type": "string" }
          },
          {
            "name": "range",
            "in": "query",
            "description": "The only extensions that may be given, from-to.",
            "schema": { "type": "string" }
          },
          {
            "name": "maxErrors",
            "in": "query",
            "description": "Write nothing when more rows than this number or share are rejected.",
            "schema": { "type": "string" }
          },
          {
            "name": "maxChange",
            "in": "query",
            "description": "Write nothing when a larger share of the assignments would change.",
            "schema": { "type": "string" }
          },
          {
            "name": "atomic",
            "in": "query",
            "description": "All rows or none.",
            "schema": { "type": "boolean" }
          },
          {
            "name": "problemsOnly",
            "in": "query",
            "description": "Leave out rows without reasons.",
            "schema": { "type": "boolean" }
          },
          {
            "name": "notes",
            "in": "query",
            "description": "Show notes in the rows.",
            "schema": { "type": "boolean" }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "text/csv": {},
            "application/xml": {},
            "text/xml": {},
            "application/octet-stream": {}
          }
        },
        "responses": {
          "200": { "description": "The report.", "content": { "application/x-ndjson": {} } },
          "400": {
            "description": "The file cannot be used as a whole, or a parameter is no good.",
            "content": {
              "application/json": {
                "schema": { "$ref": "#/components/schemas/ValidationError" }
              }
            }
          },
          "401": { "$ref": "#/components/responses/Unauthorized" },
          "408": { "$ref": "#/components/responses/Timeout" },
          "413": { "$ref": "#/components/responses/TooLarge" },
          "415": {
            "description": "The body is of a type that is not read.",
            "content": {
              "application/json": {
                "schema": { "$ref": "#/components/schemas/UnsupportedMediaType" }
              }
            }
          },
          "500": { "$ref": "#/components/responses/ServerError" },
          "503": {
            "description": "Other imports hold the places or the store.",
            "headers": {
              "Retry-After": {
                "description": "Seconds to wait.",
                "schema": { "type": "string" }
              }
            },
            "content": {
              "application/json": {
                "schema": { "$ref": "#/components/schemas/ServiceUnavailable" }
              }
            }
          }
        }
      }
    }
    """#
}
