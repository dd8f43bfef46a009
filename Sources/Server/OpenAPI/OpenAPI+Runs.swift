extension OpenAPI {
  /// All other paths.
  static let others = #"""
    "/runs": {
      "get": {
        "operationId": "listRuns",
        "summary": "The latest runs, newest first.",
        "security": [{"administrator": []}],
        "parameters": [
          {
            "name": "limit",
            "in": "query",
            "description": "How many at most.",
            "schema": { "type": "integer", "minimum": 1, "maximum": 1000, "default": 100 }
          }
        ],
        "responses": {
          "200": {
            "description": "The runs.",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/Runs" } }
            }
          },
          "400": {
            "description": "A parameter is no good.",
            "content": {
              "application/json": {
                "schema": { "$ref": "#/components/schemas/ValidationError" }
              }
            }
          },
          "401": { "$ref": "#/components/responses/Unauthorized" },
          "500": { "$ref": "#/components/responses/ServerError" }
        }
      }
    },
    "/runs/{id}": {
      "parameters": [{"$ref": "#/components/parameters/Run"}],
      "get": {
        "operationId": "showRun",
        "summary": "One run in detail.",
        "security": [{"administrator": []}],
        "responses": {
          "200": {
            "description": "The run.",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/Run" } }
            }
          },
          "401": { "$ref": "#/components/responses/Unauthorized" },
          "404": {
            "description": "There is no such run.",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/NotFound" } }
            }
          },
          "500": { "$ref": "#/components/responses/ServerError" }
        }
      }
    },
    "/runs/{id}/report": {
      "parameters": [{"$ref": "#/components/parameters/Run"}],
      "get": {
        "operationId": "showReport",
        "summary": "The report of an import that this server applied.",
        "security": [{"administrator": []}],
        "responses": {
          "200": {
            "description": "The report, one JSON object for every row.",
            "content": { "application/x-ndjson": {} }
          },
          "401": { "$ref": "#/components/responses/Unauthorized" },
          "404": {
            "description": "There is no such run, or no report of it.",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/NotFound" } }
            }
          },
          "500": { "$ref": "#/components/responses/ServerError" }
        }
      }
    },
    "/health": {
      "get": {
        "operationId": "health",
        "summary": "Whether requests can be served.",
        "responses": {
          "200": {
            "description": "They can.",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/Healthy" } }
            }
          },
          "503": {
            "description": "The store cannot be read.",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/Unhealthy" } }
            }
          }
        }
      }
    },
    "/metrics": {
      "get": {
        "operationId": "metrics",
        "summary": "Counts and durations in the text format of Prometheus.",
        "responses": {
          "200": { "description": "The numbers.", "content": { "text/plain": {} } }
        }
      }
    },
    "/openapi.json": {
      "get": {
        "operationId": "openapi",
        "summary": "This description.",
        "responses": {
          "200": {
            "description": "The description.",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/Description" } }
            }
          }
        }
      }
    }
    """#
}
