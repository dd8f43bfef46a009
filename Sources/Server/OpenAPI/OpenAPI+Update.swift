extension OpenAPI {
  /// The path that changes one user.
  static let update = #"""
    "/user/update-rcextension": {
      "put": {
        "operationId": "updateExtension",
        "summary": "Gives a user an extension.",
        "description": "Nobody else may have the extension. Members that are not listed are ignored.",
        "security": [{"administrator": []}],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": { "schema": { "$ref": "#/components/schemas/Update" } }
          }
        },
        "responses": {
          "200": {
            "description": "The user has the extension.",
            "content": {
              "application/json": { "schema": { "$ref": "#/components/schemas/Updated" } }
            }
          },
          "400": {
            "description": "The body is no good, or the extension is somebody else's.",
            "content": {
              "application/json": {
                "schema": { "$ref": "#/components/schemas/ValidationError" }
              }
            }
          },
          "401": { "$ref": "#/components/responses/Unauthorized" },
          "404": {
            "description": "Nobody has the id.",
            "content": {
              "application/json": {
                "schema": { "$ref": "#/components/schemas/UserNotFound" }
              }
            }
          },
          "408": { "$ref": "#/components/responses/Timeout" },
          "413": { "$ref": "#/components/responses/TooLarge" },
          "500": { "$ref": "#/components/responses/ServerError" }
        }
      }
    }
    """#
}
