// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: the language features the code is written in, warnings as errors.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  // For functions that return a span of what they borrow; the annotation is @_lifetime.
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]

/// Settings of most targets: what a file imports is its own affair unless it says otherwise.
let strict: [SwiftSetting] = common + [.enableUpcomingFeature("InternalImportsByDefault")]

/// Added to the rooms that rows pass through: their small functions are inlined across modules.
///
/// The compiler does that for what is public or testable, and for nothing that is `package`; and, unless
/// told otherwise, for functions of 20 instructions at most.
let inlined: [SwiftSetting] = [
  .unsafeFlags(
    [
      "-cross-module-optimization", "-enable-testing",
      "-Xllvm", "-cmo-function-size-limit=100",
    ],
    .when(configuration: .release)
  )
]

let hot: [SwiftSetting] = strict + inlined

/// Settings of the rooms whose values everybody works on.
///
/// Their imports are public, for code that refers to a module imported in any other way is not inlined
/// into a third one.
let shared: [SwiftSetting] = common + inlined

/// Added to the rooms in which classes hold what is at work for every row or tag: overlapping access to
/// their properties is looked for in debug builds, where all tests run, and not in release builds.
let unguarded: [SwiftSetting] = [
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "rcimport",
  products: [.executable(name: "rcimport", targets: ["rcimport"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
  ],
  targets: [
    .target(name: "CScan"),
    .systemLibrary(
      name: "CLibXML2",
      pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"])]
    ),
    .target(name: "Bytes", dependencies: ["CScan", systemPackage], swiftSettings: shared),
    .target(name: "JSON", dependencies: ["Bytes"], swiftSettings: strict),
    .target(name: "ImportModel", dependencies: ["Bytes"], swiftSettings: shared),
    .target(name: "Rows", dependencies: ["Bytes", "ImportModel"], swiftSettings: shared),
    .target(
      name: "Readers",
      dependencies: [
        "Bytes", "CLibXML2", "ImportModel", "JSON", "Rows", systemPackage,
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: hot + unguarded
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
      name: "Targets",
      dependencies: [
        "Bytes", "ImportModel", "JSON",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Reports",
      dependencies: ["Bytes", "ImportModel", systemPackage],
      exclude: ["Schema"],
      swiftSettings: hot + unguarded
    ),
    .target(
      name: "Pipeline",
      dependencies: [
        "Bytes", "ImportModel", "JSON", "Readers", "Reports", "Rows", "Stores", "Targets",
        "Validation", systemPackage,
      ],
      swiftSettings: hot + unguarded
    ),
    .target(
      name: "Server",
      dependencies: [
        "Bytes", "ImportModel", "JSON", "Pipeline", "Readers", "Reports", "Rows", "Stores",
        "Validation", systemPackage,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Emulator",
      dependencies: [
        "Bytes", "ImportModel", "JSON", "Readers", "Rows", "Stores", systemPackage,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "rcimport",
      dependencies: [
        "Bytes", "Emulator", "ImportModel", "JSON", "Pipeline", "Readers", "Reports", "Rows",
        "Server", "Stores", "Targets", systemPackage,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "rcbench",
      dependencies: [
        "Bytes", "ImportModel", "Pipeline", "Readers", "Reports", "Rows", "Validation",
        systemPackage,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Support",
      dependencies: ["Bytes", "ImportModel", "Readers", "Rows", "Validation"],
      path: "Tests/Support",
      swiftSettings: strict
    ),
    .testTarget(name: "SupportTests", dependencies: ["Support"], swiftSettings: strict),
    .testTarget(name: "BytesTests", dependencies: ["Bytes", "Support"], swiftSettings: strict),
    .testTarget(name: "JSONTests", dependencies: ["Bytes", "JSON"], swiftSettings: strict),
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
        "Bytes", "CLibXML2", "ImportModel", "Readers", "Rows", "Support", "Validation",
        systemPackage,
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
        "Bytes", "ImportModel", "Stores", "Support", systemPackage,
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
      name: "TargetsTests",
      dependencies: [
        "Bytes", "Emulator", "ImportModel", "JSON", "Support", "Targets",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Bytes", "ImportModel", "JSON", "Pipeline", "Server", "Stores", "Support",
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "PipelineTests",
      dependencies: ["ImportModel", "Pipeline", "Stores", "Support", "Targets", "Validation"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "EmulatorTests",
      dependencies: [
        "Bytes", "Emulator", "ImportModel", "JSON", "Rows",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Support", "rcimport", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict
    ),
  ]
)
