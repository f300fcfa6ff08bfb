internal import CHDF5

/// A group of an ``HDF5File``: a folder of groups and datasets.
package struct HDF5Group {
  /// As errors say it, e.g. `/solver/momentum`.
  package let path: String
  package let identifier: HDF5Identifier
  /// No dataset may claim more bytes than its file has.
  package let byteLimit: Int

  package init(root file: HDF5Identifier, byteLimit: Int) throws(HDF5Error) {
    path = "/"
    self.byteLimit = byteLimit
    identifier = try HDF5Identifier("open the group '/'") {
      H5Gopen2(file.value, "/", chdf5_default())
    }
  }

  private init(path: String, identifier: HDF5Identifier, byteLimit: Int) {
    self.path = path
    self.identifier = identifier
    self.byteLimit = byteLimit
  }

  package func createGroup(_ name: String) throws(HDF5Error) -> HDF5Group {
    let path = try path(to: name)
    let creation = try HDF5Identifier("describe a group") { H5Pcreate(chdf5_group_creation()) }
    try HDF5Library.call("leave times out") { H5Pset_obj_track_times(creation.value, false) }
    let group = try HDF5Identifier("create the group '\(path)'") {
      H5Gcreate2(identifier.value, name, chdf5_default(), creation.value, chdf5_default())
    }
    return HDF5Group(path: path, identifier: group, byteLimit: byteLimit)
  }

  package func group(_ name: String) throws(HDF5Error) -> HDF5Group {
    let path = try pathOfMember(name)
    let group = try HDF5Identifier("open the group '\(path)'") {
      H5Gopen2(identifier.value, name, chdf5_default())
    }
    return HDF5Group(path: path, identifier: group, byteLimit: byteLimit)
  }

  package func contains(_ name: String) throws(HDF5Error) -> Bool {
    let path = try path(to: name)
    return try HDF5Library.call("look for '\(path)'") {
      H5Lexists(identifier.value, name, chdf5_default())
    } > 0
  }

  /// The names of its groups and datasets, sorted by their bytes.
  package func names() throws(HDF5Error) -> [String] {
    var information = H5G_info_t()
    try HDF5Library.call("list the group '\(path)'") {
      H5Gget_info(identifier.value, &information)
    }
    var names: [String] = []
    for index in 0..<information.nlinks { names.append(try name(at: index)) }
    return names
  }

  private func name(at index: UInt64) throws(HDF5Error) -> String {
    let length = try copyName(at: index, to: nil, capacity: 0)
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: length + 1)
    defer { buffer.deallocate() }
    _ = try copyName(at: index, to: buffer, capacity: length + 1)
    return String(cString: buffer)
  }

  /// - Returns: the bytes that the name needs, without the zero behind it.
  private func copyName(
    at index: UInt64, to buffer: UnsafeMutablePointer<CChar>?, capacity: Int
  ) throws(HDF5Error) -> Int {
    try HDF5Library.call("list the group '\(path)'") {
      H5Lget_name_by_idx(
        identifier.value, ".", H5_INDEX_NAME, H5_ITER_INC, index, buffer, capacity,
        chdf5_default())
    }
  }

  /// The full path of a member that is really in this file: links to elsewhere are refused.
  package func pathOfMember(_ name: String) throws(HDF5Error) -> String {
    let path = try path(to: name)
    var link = H5L_info_t()
    try HDF5Library.call("find '\(path)'") {
      H5Lget_info(identifier.value, name, &link, chdf5_default())
    }
    guard link.type == H5L_TYPE_HARD else {
      throw HDF5Error(action: "open '\(path)'", causes: ["it is a link to elsewhere"])
    }
    return path
  }

  /// - Throws: where HDF5 would take the name for a path.
  package func path(to name: String) throws(HDF5Error) -> String {
    guard !name.isEmpty, name != ".", !name.utf8.contains(where: { $0 == 0 || $0 == 0x2F }) else {
      throw HDF5Error(
        action: "name something '\(name)'", causes: ["names are not empty, not '.', without '/'"])
    }
    return path == "/" ? "/\(name)" : "\(path)/\(name)"
  }
}
