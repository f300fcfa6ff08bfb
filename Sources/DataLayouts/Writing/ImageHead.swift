package import Groundwork

/// What an image file says of itself, read from its beginning where that is enough.
package struct ImageHead: Sendable {
  /// As the file stores it.
  package let size: Size
  package let channels: Int
  /// 1…8 as EXIF has it; 1 is upright.
  let orientation: Int

  /// The size at which it is shown.
  var shownSize: Size {
    orientation > 4 ? Size(height: size.width, width: size.height) : size
  }

  package init(path: String) throws(ImageError) {
    // The header of nearly every file, with an EXIF block and the thumbnail in it.
    if let head = try? FileBytes.read(path, first: 1 << 17), let found = try? Self(of: head) {
      self = found
      return
    }
    do throws(ImageError) {
      self = try Self(of: FileBytes.read(path))
    } catch {
      throw ImageError(file: path, error.reason)
    }
  }

  private init(of bytes: [UInt8]) throws(ImageError) {
    do throws(ImageError) {
      let header = try ImageFile.header(bytes)
      (size, channels, orientation) = (header.size, header.channels, 1)
    } catch {
      // Turned images are refused by what decodes them: they are turned here.
      guard let turned = TurnedJPEG(bytes) else { throw error }
      let header = try ImageFile.header(turned.bytes)
      (size, channels, orientation) = (header.size, header.channels, turned.orientation)
    }
  }
}
