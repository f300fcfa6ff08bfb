internal import HDF5

/// The libraries that records are kept with.
package enum TrackingLibraries {
  /// The version of libhdf5 that runs, e.g. `1.10.8`.
  package static var hdf5: String { HDF5Library.version }
}
