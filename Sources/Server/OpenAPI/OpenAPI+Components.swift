extension OpenAPI {
  /// What several paths have in common.
  static let components = #"""
    "securitySchemes": {
      "administrator": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" }
    },
    "parameters": {
      "Run": {
        "name": "id",
        "in": "path",
        "required": true,
        "description": "The number of the run.",
        "schema": { "type": "integer", "minimum": 1 }
      }
    },
    "responses": {
      "Unauthorized": {
        "description": "No token, one that does not hold, or one without the right.",
        "headers": {
          "WWW-Authenticate": {
            "description": "The scheme, Bearer.",
            "schema": { "type": "string" }
          }
        },
        "content": {
          "application/json": { "schema": { "$ref": "#/components/schemas/Unauthorized" } }
        }
      },
      "Timeout": {
        "description": "The body did not come in time.",
        "content": {
          "application/json": { "schema": { "$ref": "#/components/schemas/RequestTimeout" } }
        }
      },
      "TooLarge": {
        "description": "The body is too long.",
        "content": {
          "application/json": { "schema": { "$ref": "#/components/schemas/PayloadTooLarge" } }
        }
      },
      "ServerError": {
        "description": "The server failed; its log says why.",
        "content": {
          "application/json": { "schema": { "$ref": "#/components/schemas/ServerError" } }
        }
      }
    },
    "schemas": {
      "Update": {
        "type": "object",
        "required": ["payload"],
        "properties": {
          "payload": {
            "type": "object",
            "required": ["userId", "rcExtension"],
            "properties": {
              "userId": {
                "description": "The ObjectId; spaces around it and ObjectId(...) are ignored.",
                "type": "string",
                "pattern": "[0-9A-Fa-f]{24}"
              },
              "rcExtension": {
                "description": "2 to 10 digits; spaces around them are ignored.",
                "type": "string",
                "pattern": "^\\s*[0-9]{2,10}\\s*$"
              }
            }
          }
        }
      },
      "Updated": {
        "type": "object",
        "required": ["message", "data"],
        "additionalProperties": false,
        "properties": {
          "message": { "const": "RingCentral extension updated successfully" },
          "data": { "type": "object", "additionalProperties": false }
        }
      },
      "Healthy": {
        "type": "object",
        "required": ["status"],
        "additionalProperties": false,
        "properties": { "status": { "const": "ok" } }
      },
      "Unhealthy": {
        "type": "object",
        "required": ["status"],
        "additionalProperties": false,
        "properties": { "status": { "const": "unavailable" } }
      },
      "Runs": {
        "type": "object",
        "required": ["runs"],
        "additionalProperties": false,
        "properties": {
          "runs": { "type": "array", "items": { "$ref": "#/components/schemas/Run" } }
        }
      },
      "Run": { "type": "object" },
      "Description": {
        "type": "object",
        "required": ["openapi", "info", "paths", "components"]
      },
      "ValidationError": {
        "description": "The message says what is wrong.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "VALIDATION_ERROR" },
              "message": { "type": "string" }
            }
          }
        }
      },
      "Unauthorized": {
        "description": "Always the same message.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "UNAUTHORIZED" },
              "message": { "type": "string" }
            }
          }
        }
      },
      "UserNotFound": {
        "description": "Always the same message.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "USER_NOT_FOUND" },
              "message": { "type": "string" }
            }
          }
        }
      },
      "NotFound": {
        "description": "Nothing is at the path.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "NOT_FOUND" },
              "message": { "type": "string" }
            }
          }
        }
      },
      "RequestTimeout": {
        "description": "The request came too slowly.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "REQUEST_TIMEOUT" },
              "message": { "type": "string" }
            }
          }
        }
      },
      "PayloadTooLarge": {
        "description": "The message says the limit.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "PAYLOAD_TOO_LARGE" },
              "message": { "type": "string" }
            }
          }
        }
      },
      "UnsupportedMediaType": {
        "description": "The message says what is read.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "UNSUPPORTED_MEDIA_TYPE" },
              "message": { "type": "string" }
            }
          }
        }
      },
      "ServerError": {
        "description": "Always the same message.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "SERVER_ERROR" },
              "message": { "type": "string" }
            }
          }
        }
      },
      "ServiceUnavailable": {
        "description": "Trying again helps.",
        "type": "object",
        "required": ["error"],
        "additionalProperties": false,
        "properties": {
          "error": {
            "type": "object",
            "required": ["code", "message"],
            "additionalProperties": false,
            "properties": {
              "code": { "const": "SERVICE_UNAVAILABLE" },
              "message": { "type": "string" }
            }
          }
        }
      }
    }
    """#
}
