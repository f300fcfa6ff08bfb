// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "experiments",
  products: [
    .executable(name: "experiments", targets: ["Experiments"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // C libraries: one door each, imported only by the folder that wraps it.
    .systemLibrary(
      name: "CYAML", path: "Sources/CLibraries/CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CHDF5", path: "Sources/CLibraries/CHDF5", pkgConfig: "hdf5",
      providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", path: "Sources/CLibraries/COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "COneDNN", path: "Sources/CLibraries/COneDNN",
      providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(
      name: "COpenSSL", path: "Sources/CLibraries/COpenSSL", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CCairo", path: "Sources/CLibraries/CCairo", pkgConfig: "cairo-pdf",
      providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(
      name: "CExpat", path: "Sources/CLibraries/CExpat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CScheduler", path: "Sources/CLibraries/CScheduler"),
    .systemLibrary(name: "CProcess", path: "Sources/CLibraries/CProcess"),

    // C of our own: inner loops at -O3 in every configuration, codecs behind setjmp.
    .target(
      name: "CKernels",
      linkerSettings: [.linkedLibrary("gomp"), .linkedLibrary("m")]),
    .target(
      name: "CImageCodecs",
      linkerSettings: [
        .linkedLibrary("png"), .linkedLibrary("z"), .linkedLibrary("jpeg"), .linkedLibrary("tiff"),
        .linkedLibrary("zstd"), .linkedLibrary("blosc"), .linkedLibrary("webp"),
      ]),

    // The door to Open MPI, which is opened while the program runs.
    .target(name: "COpenMPI"),

    .target(name: "Measurements"),
    .target(name: "OpenMPI", dependencies: ["COpenMPI"]),
    .target(name: "Digest", dependencies: ["COpenSSL"]),
    .target(name: "HDF5", dependencies: ["CHDF5"]),
    .target(name: "Protobuf"),
    .target(name: "Archives"),
    .target(name: "Trackers", dependencies: ["Protobuf"]),
    // The engine, one module a folder; each uses those above it.
    .target(
      name: "WeightFiles", dependencies: ["Archives", "Digest"], path: "Sources/Engine/WeightFiles"),
    .target(
      name: "Groundwork", dependencies: ["CKernels", "CImageCodecs"],
      path: "Sources/Engine/Groundwork"),
    .target(
      name: "Networks", dependencies: ["Groundwork", "CKernels"], path: "Sources/Engine/Networks"),
    .target(
      name: "ModelFiles",
      dependencies: ["Networks", "Groundwork", "HDF5", "Protobuf", "CKernels"],
      path: "Sources/Engine/ModelFiles"),
    .target(
      name: "Execution",
      dependencies: ["Networks", "Groundwork", "CKernels", "COneDNN", "COpenBLAS"],
      path: "Sources/Engine/Execution"),
    .target(
      name: "Learning",
      dependencies: ["Execution", "Networks", "Groundwork", "Measurements", "CKernels"],
      path: "Sources/Engine/Learning"),
    .target(
      name: "Datasets", dependencies: ["Groundwork", "CKernels", "CImageCodecs", "Digest", "HDF5"],
      path: "Sources/Engine/Datasets"),
    .target(name: "DataLayouts", dependencies: ["Datasets", "Groundwork", "CExpat"]),
    .target(
      name: "Tasks",
      dependencies: ["Learning", "Datasets", "Groundwork", "CKernels"],
      path: "Sources/Engine/Tasks"),
    .target(
      name: "Training",
      dependencies: [
        "Tasks", "Learning", "Datasets", "Execution", "Networks", "Groundwork", "Measurements",
        "CKernels",
      ],
      path: "Sources/Engine/Training"),

    // Where the next trials of a sweep lie; it knows no spec and no training.
    .target(name: "Sampling", dependencies: ["Groundwork", "CKernels"]),
    .target(
      name: "Tracking", dependencies: ["Archives", "Digest", "HDF5", "Measurements", "CCairo"]),
    .executableTarget(
      name: "Experiments",
      dependencies: [
        "Groundwork", "Networks", "Execution", "Learning", "Datasets", "DataLayouts", "Tasks",
        "Training", "Sampling", "Tracking", "Trackers", "WeightFiles", "ModelFiles",
        "Archives", "Digest", "HDF5", "Measurements", "OpenMPI", "Protobuf", "CYAML", "CScheduler",
        "CProcess",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "Mutations", path: "Tests/Mutations"),
    // Writes many invented runs, which timings of tables rest on.
    .executableTarget(
      name: "records", dependencies: ["Tracking", "Measurements"], path: "Benchmarks/Records"),

    // Searches functions whose minima are known, beside what Optuna reaches.
    .executableTarget(name: "samplers", dependencies: ["Sampling"], path: "Benchmarks/Samplers"),

    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Groundwork", "Networks", "Execution", "Learning", "Datasets", "Tasks", "Training",
        "CKernels",
        "CAllocationCounter", "COpenBLAS", "HDF5", "Measurements", "Mutations",
      ],
      exclude: ["make_images.py", "make_tiffs.py", "make_volumes.py"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "HDF5Tests", dependencies: ["HDF5"]),
    .testTarget(
      name: "WeightFilesTests", dependencies: ["WeightFiles", "Digest", "HDF5", "Mutations"]),
    .testTarget(
      name: "ModelFilesTests",
      dependencies: ["ModelFiles", "Networks", "Execution", "Groundwork", "WeightFiles"],
      exclude: ["check_onnx.py"]),
    .testTarget(name: "ArchivesTests", dependencies: ["Archives"]),
    .testTarget(name: "ProtobufTests", dependencies: ["Protobuf"]),
    .testTarget(name: "TrackersTests", dependencies: ["Trackers", "Protobuf", "Mutations"]),
    .testTarget(
      name: "SamplingTests", dependencies: ["Sampling"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "DataLayoutsTests",
      dependencies: ["DataLayouts", "Datasets", "Groundwork", "Mutations"]),
    .testTarget(name: "MeasurementsTests", dependencies: ["Measurements"]),
    .testTarget(
      name: "TrackingTests", dependencies: ["Tracking", "Archives", "HDF5", "Measurements"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Experiments", "Measurements", "Mutations", "Trackers"],
      exclude: [
        "CheckReport/check_sarif.py", "Reference/check_schema.py", "Spec/BrokenSpecs.txt",
      ],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "AcceptanceTests",
      dependencies: ["Experiments", "HDF5", "ModelFiles", "Trackers", "Tracking", "WeightFiles"],
      exclude: [
        "HelpTexts.txt", "check_data.py", "check_exports.py", "check_importers", "check_tables.py",
        "check_trackers.py",
      ]),
  ]
)

for target in package.targets {
  switch target.name {
  case "CKernels":
    // Results must not depend on whether a processor fuses a multiply and an add.
    target.cSettings = [.unsafeFlags(["-O3", "-ffp-contract=off", "-fno-math-errno", "-Wall"])]
  case "CImageCodecs", "COpenMPI":
    target.cSettings = [.unsafeFlags(["-O3", "-Wall"])]
  case "Sampling", "Archives":
    // A search over a few hundred results is arithmetic in loops, and so is a checksum: tests wait for both.
    target.swiftSettings = [
      .swiftLanguageMode(.v6), .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("ExistentialAny"), .unsafeFlags(["-O"]),
    ]
  case _ where target.type != .system:
    target.swiftSettings = [
      .swiftLanguageMode(.v6), .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("ExistentialAny"),
    ]
  default: break
  }
}

// `make fuzz` links the code of the program with libFuzzer, which has a main of its own.
if Context.environment["EXPERIMENTS_FUZZING"] != nil,
  let program = package.targets.firstIndex(where: { $0.name == "Experiments" })
{
  let parts = package.targets[program].dependencies
  let settings = package.targets[program].swiftSettings ?? []
  package.products = []
  package.targets[program] = .target(
    name: "Experiments", dependencies: parts,
    swiftSettings: settings + [
      .unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "experiments_main"])
    ])
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: parts + ["Experiments"], path: "Tests",
      sources: [
        "Fuzzing", "WeightFilesTests/Support", "EngineTests/Datasets/Volumes/HandmadeVolumes.swift",
        "EngineTests/Groundwork/Images/HandmadePNG.swift",
        "EngineTests/Groundwork/Images/HandmadeTIFF.swift",
        "EngineTests/Groundwork/Images/SmallImages.swift",
      ],
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
  // Of the tests it shares the files that make samples, which no two targets may have.
  package.targets.removeAll { $0.type == .test }
  // Readers are optimized: the faster they are, the more inputs they get.
  for target in package.targets
  where ["Groundwork", "WeightFiles", "DataLayouts", "Datasets", "Trackers", "Protobuf"]
    .contains(target.name)
  {
    target.swiftSettings?.append(.unsafeFlags(["-O"]))
  }
}
