// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: the language features the code is written in, warnings as errors.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  // For functions that return a span of what they borrow; the annotation is @_lifetime.
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]

/// Added to the rooms that rows pass through: their small functions are inlined across modules.
let hot: [SwiftSetting] =
  strict + [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "rcimport",
  products: [.executable(name: "rcimport", targets: ["rcimport"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .target(name: "CScan"),
    .systemLibrary(
      name: "CLibXML2",
      pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"])]
    ),
    .target(name: "Bytes", dependencies: ["CScan", systemPackage], swiftSettings: hot),
    .target(name: "ImportModel", dependencies: ["Bytes"], swiftSettings: hot),
    .target(name: "Rows", dependencies: ["Bytes", "ImportModel"], swiftSettings: hot),
    .target(
      name: "Readers",
      dependencies: [
        "Bytes", "CLibXML2", "ImportModel", "Rows", systemPackage,
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: hot
    ),
    .target(
      name: "Validation",
      dependencies: ["Bytes", "ImportModel", "Rows"],
      swiftSettings: hot
    ),
    .target(
      name: "Stores",
      dependencies: [
        "Bytes", "ImportModel", systemPackage,
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Reports",
      dependencies: ["Bytes", "ImportModel", systemPackage],
      exclude: ["Schema"],
      swiftSettings: hot
    ),
    .target(
      name: "Pipeline",
      dependencies: [
        "Bytes", "ImportModel", "Readers", "Reports", "Rows", "Stores", "Validation",
      ],
      swiftSettings: hot
    ),
    .executableTarget(
      name: "rcimport",
      dependencies: [
        "Bytes", "ImportModel", "Pipeline", "Readers", "Reports", "Rows", "Stores", systemPackage,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Support",
      dependencies: ["Bytes", "ImportModel", "Readers", "Rows"],
      path: "Tests/Support",
      swiftSettings: strict
    ),
    .testTarget(name: "BytesTests", dependencies: ["Bytes", "Support"], swiftSettings: strict),
    .testTarget(
      name: "ImportModelTests",
      dependencies: ["Bytes", "ImportModel", "Support"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "RowsTests",
      dependencies: ["ImportModel", "Rows"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ReadersTests",
      dependencies: [
        "Bytes", "CLibXML2", "ImportModel", "Readers", "Rows", "Support", systemPackage,
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ValidationTests",
      dependencies: ["Bytes", "ImportModel", "Rows", "Support", "Validation"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "StoresTests",
      dependencies: [
        "Bytes", "ImportModel", "Stores", systemPackage,
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Bytes", "ImportModel", "Reports", "Support", systemPackage],
      swiftSettings: strict
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Support", "rcimport"],
      swiftSettings: strict
    ),
  ]
)
