/// Writes `.safetensors` files, right or wrong ones.
enum SafeTensors {
  static func file(_ header: String, _ data: [UInt8]) -> [UInt8] {
    var file = Bytes()
    file.add(UInt64(header.utf8.count))
    file.add(header)
    file.add(data)
    return file.values
  }

  static func entry(_ name: String, _ type: String, _ shape: [Int], _ start: Int, _ end: Int)
    -> String
  {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(start),\#(end)]}"#
  }
}
