internal import HDF5

/// The libraries that records are kept with.
public enum TrackingLibraries {
  /// The version of libhdf5 that runs, e.g. `1.10.8`.
  public static var hdf5: String { HDF5Library.version }
}
