import HTTPTypes

/// What the head of a request says of the file that is its body.
enum UploadHead {
  /// Refuses a body that cannot be taken before it is sent.
  static func check(_ headers: HTTPFields, limit: Int) throws(APIFailure) {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw .tooLarge(limit: limit)
    }
    let type = headers[.contentType]?.prefix { $0 != ";" }
    switch type?.lowercased().filter({ $0 != " " }) {
    case nil, "text/csv", "application/xml", "text/xml", "application/octet-stream":
      return
    // What curl says of --data-binary unless it is told otherwise.
    case "application/x-www-form-urlencoded":
      return
    case "multipart/form-data":
      throw .wrongType(
        "The body has to be the file itself, not a form with the file in it: "
          + "send it with curl --data-binary @users.csv, or with curl -X POST -T users.csv"
      )
    default:
      throw .wrongType(
        "An import is text/csv, application/xml, text/xml or application/octet-stream"
      )
    }
  }
}
