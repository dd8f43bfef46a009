// swift-tools-version: 6.2
import PackageDescription

// A package of its own: programs with libFuzzer's `main` cannot stand beside tests. `Rooms` and
// `Support` are links to the root's folders, so that the rooms are built here as they are, with
// coverage, and their `package` doors are open; of the dependencies only the smallest are needed.

/// As in the root; the rooms are checked there, so that warnings here are only warnings.
let shared: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableExperimentalFeature("Lifetimes"),
]

let strict: [SwiftSetting] = shared + [.enableUpcomingFeature("InternalImportsByDefault")]

let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// A program whose `main` is libFuzzer's, which is what `-parse-as-library` makes room for.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: "fuzz-\(name.lowercased())",
    dependencies: ["Harness"] + dependencies,
    path: "Targets/\(name)",
    swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]
  )
}

let package = Package(
  name: "rcimport-fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
  ],
  targets: [
    .target(name: "CScan", path: "Rooms/CScan"),
    .systemLibrary(name: "CLibXML2", path: "Rooms/CLibXML2", pkgConfig: "libxml-2.0"),
    // Stands in for swift-crypto, whose name a dependency has taken.
    .target(name: "Digests", path: "Crypto", swiftSettings: strict),
    .target(
      name: "Bytes",
      dependencies: ["CScan", systemPackage],
      path: "Rooms/Bytes",
      swiftSettings: shared
    ),
    .target(name: "JSON", dependencies: ["Bytes"], path: "Rooms/JSON", swiftSettings: strict),
    .target(
      name: "ImportModel",
      dependencies: ["Bytes"],
      path: "Rooms/ImportModel",
      swiftSettings: shared
    ),
    .target(
      name: "Rows",
      dependencies: ["Bytes", "ImportModel"],
      path: "Rooms/Rows",
      swiftSettings: shared
    ),
    .target(
      name: "Readers",
      dependencies: [
        "Bytes", "CLibXML2", "Digests", "ImportModel", "JSON", "Rows", systemPackage,
      ],
      path: "Rooms/Readers",
      swiftSettings: strict + [.unsafeFlags(["-module-alias", "Crypto=Digests"])]
    ),
    .target(
      name: "Validation",
      dependencies: ["Bytes", "ImportModel", "Rows"],
      path: "Rooms/Validation",
      swiftSettings: strict
    ),
    .target(
      name: "Reports",
      dependencies: ["Bytes", "ImportModel", systemPackage],
      path: "Rooms/Reports",
      exclude: ["Schema"],
      swiftSettings: strict
    ),
    // What of it needs neither a store nor the network.
    .target(
      name: "Pipeline",
      dependencies: ["Bytes", "ImportModel", "Rows", "Validation"],
      path: "Pipeline",
      swiftSettings: strict
    ),
    .target(
      name: "Support",
      dependencies: ["Bytes", "ImportModel", "Readers", "Rows", "Validation"],
      path: "Support",
      exclude: ["JSONSchema.swift"],
      swiftSettings: strict
    ),
    .target(
      name: "Harness",
      dependencies: [systemPackage],
      path: "Harness",
      swiftSettings: strict
    ),
    fuzzer("CSV", ["Bytes", "ImportModel", "Readers", "Rows", "Support", "Validation"]),
    fuzzer("XML", ["Bytes", "ImportModel", "Readers", "Rows", "Support"]),
    fuzzer("Encoding", ["Bytes", "ImportModel", "Readers", "Rows", systemPackage]),
    fuzzer("Cells", ["ImportModel", "Rows", "Support", "Validation"]),
    fuzzer("JSON", ["Bytes", "JSON"]),
    // Some of their files are links into rooms whose other files need the network.
    fuzzer(
      "Request",
      [
        "Bytes", "ImportModel", "JSON", "Pipeline", "Readers", "Rows",
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ]
    ),
    fuzzer(
      "Routes",
      [
        "Bytes", "ImportModel", "JSON", "Pipeline", "Readers", "Rows",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
      ]
    ),
    fuzzer(
      "Plan",
      ["Bytes", "ImportModel", "Readers", "Reports", "Rows", "Validation", systemPackage]
    ),
    fuzzer(
      "Rejects",
      ["Bytes", "ImportModel", "Readers", "Reports", "Rows", "Validation", systemPackage]
    ),
  ]
)
