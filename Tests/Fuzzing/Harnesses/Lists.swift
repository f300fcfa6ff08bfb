@testable import Datasets

extension Harness {
  static let lists = Harness(
    name: "lists", about: "lists of samples, of one or several images and masks a line",
    words: [".h5:/raw", "[0:24]", "weight=", "roi=", ";", "\"", "\t", "#", ".nii.gz", ".tif[3]"],
    seeds: {
      [
        "a.png b.png\n# no\nc.jpg d.png weight=2.5 roi=e.png\n",
        "v.h5:/raw[3] m.h5:/labels[3]\nv.h5:/raw[0:24] m.h5:/labels[0:24]\n",
        "\"a b.png\" c.png\na.tif;b.tif c.png;d.png\n", "x y.png\tz.png\n",
        "stack.tif[0:2] masks.tif[0:2]\nv.nii.gz w.nii.gz\n",
      ].bytes
    }
  ) { bytes in
    let list = ScratchFolder.write(bytes, to: "list.txt")
    _ = try? ListFile(path: list, root: nil)
    _ = try? ListFile(
      path: list, root: "\(ScratchFolder.path)/data", regions: "regions",
      stack: ImageStack(images: [3, 1], slices: .init(before: 1, after: 2)), masks: 2)
  }

  static let classes = Harness(
    name: "classes", about: "files of class names and colors",
    words: ["name", "id", "color", "#ff00ff", ",", "\t", "255"],
    seeds: {
      [
        "sky\nroad\ncar\n", "0 sky\n1 road\n", "name,r,g,b\nsky,1,2,3\nroad,4,5,6\n",
        "sky #010203\nroad #040506\n", "1 2 3 sky\n4 5 6 road\n",
      ].bytes
    }
  ) { bytes in
    let file = ScratchFolder.write(bytes, to: "classes.txt")
    _ = try? ClassNames.read(file)
    _ = try? ClassFile(path: file)
  }
}
