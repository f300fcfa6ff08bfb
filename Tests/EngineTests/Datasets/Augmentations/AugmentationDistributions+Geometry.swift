import CKernels
@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

extension AugmentationDistributions {
  /// Of what says where pixels lie.
  static let ofPlaces: [String: @Sendable () throws -> Void] = [
    "mirror": {
      // Two pixels side by side, or one above the other.
      for (probability, axis) in [(0.5, "horizontal"), (0.3, "vertical")] {
        let mirror = try Draws.make(
          Mirror.self, ["probability": .number(probability), "axis": .name(axis)])
        let pair = labelled(
          axis == "vertical" ? Size(height: 2, width: 1) : Size(height: 1, width: 2))
        let firsts = Draws.samples(mirror, of: pair) { $0.labels[0] }
        #expect(firsts.count == Draws.count)
        #expect(Draws.isChance(firsts.count { $0 == 1 }, probability))
      }
    },
    "rotate": {
      let rotate = try Draws.make(
        Rotate.self, ["degrees": .number(25), "probability": .number(0.3)])
      let angles = Draws.all(of: "rotate", rotate.draw)
      #expect(Draws.isChance(angles.count, 0.3) && Draws.isUniform(angles, -25...25))
    },
    "rotate90": {
      let quarters = Draws.all(of: "rotate90", try Draws.make(Rotate90.self).draw)
      #expect(Draws.isEven(quarters, [0, 1, 2, 3]))
      let halves = Draws.all(
        of: "rotate90", try Draws.make(Rotate90.self, ["turns": .name("half")]).draw)
      #expect(Draws.isEven(halves, [0, 2]))
    },
    "translate": {
      let moved = Draws.all(
        of: "translate", try Draws.make(Translate.self, ["pixels": .integer(2)]).draw)
      let places = (-2...2).flatMap { x in (-2...2).map { [x, $0] } }
      #expect(Draws.isEven(moved.map { [$0.x, $0.y] }, places))
    },
    "random_scale": {
      let scaled = Draws.all(
        of: "random_scale",
        try Draws.make(RandomScale.self, ["scale": .numbers([0.5, 2])]).draw)
      #expect(Draws.isUniform(scaled.map(\.scale), 0.5...2))
      #expect(Draws.isUniform(scaled.map(\.x), 0...1) && Draws.isUniform(scaled.map(\.y), 0...1))
      let stepped = Draws.all(
        of: "random_scale",
        try Draws.make(
          RandomScale.self, ["scale": .numbers([0.5, 2]), "step": .number(0.25)]
        ).draw)
      #expect(Draws.isEven(stepped.map(\.scale), [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]))
    },
    "shift_scale_rotate": {
      let all = Draws.all(of: "shift_scale_rotate", try Draws.make(ShiftScaleRotate.self).draw)
      #expect(Draws.isChance(all.count, 0.5))
      #expect(Draws.isUniform(all.map(\.angle), -45...45))
      #expect(Draws.isUniform(all.map(\.scale), 0.9...1.1))
      #expect(Draws.isUniform(all.map(\.shift.x), -0.0625...0.0625))
      #expect(Draws.isUniform(all.map(\.shift.y), -0.0625...0.0625))
    },
    "shear": {
      let sheared = Draws.all(of: "shear", try Draws.make(Shear.self).draw)
      #expect(Draws.isChance(sheared.count, 0.5))
      #expect(Draws.isUniform(sheared.map(\.x), -10...10))
      #expect(Draws.isUniform(sheared.map(\.y), -10...10))
    },
    "geometry": {
      let all = try Draws.make(
        Geometry.self,
        [
          "probability": .number(0.4),
          "effects": .names([
            "zoom_in", "zoom_out", "persp_horizontal", "persp_vertical", "transl_h", "transl_v",
          ]),
        ])
      let drawn = Draws.all(of: "geometry", all.draw)
      #expect(Draws.isChance(drawn.count, 0.4))
      #expect(Draws.isUniform(drawn.map(\.inset.x), -0.25...0.25))
      #expect(Draws.isUniform(drawn.map(\.inset.y), -0.25...0.25))
      #expect(drawn.allSatisfy { $0.inset.x * $0.inset.y >= 0 }, "one zoom for both axes")
      #expect(Draws.isUniform(drawn.map { $0.shorter.left - $0.shorter.right }, -0.25...0.25))
      #expect(Draws.isUniform(drawn.map { $0.shorter.top - $0.shorter.bottom }, -0.25...0.25))
      #expect(Draws.isUniform(drawn.map(\.shift.x), -0.5...0.5))
      #expect(Draws.isUniform(drawn.map(\.shift.y), -0.5...0.5))
      let zoomed = Draws.all(
        of: "geometry", try Draws.make(Geometry.self, ["effects": .names(["zoom_in"])]).draw)
      #expect(Draws.isChance(zoomed.count, 0.1))
      #expect(Draws.isUniform(zoomed.map(\.inset.x), 0...0.25))
      #expect(zoomed.allSatisfy { $0.shorter == (0, 0, 0, 0) && $0.shift == (0, 0) })
    },
    "spatial_transform": {
      let transform = try Draws.make(
        SpatialTransform.self,
        [
          "degrees": .number(40), "tilt": .number(15), "scale": .numbers([0.5, 2]),
          "deviation": .number(6), "grid": .integer(2), "depth_spacing": .number(3),
          "probability": .number(0.6),
        ])
      let turned = Draws.all(of: "spatial_transform") { transform.draw(&$0) }
      #expect(Draws.isChance(turned.count, 0.6))
      #expect(Draws.isUniform(turned.map(\.angles.z), -40...40))
      #expect(Draws.isUniform(turned.map(\.angles.x), -15...15))
      #expect(Draws.isUniform(turned.map(\.angles.y), -15...15))
      #expect(Draws.isUniform(turned.map(\.scale), 0.5...2))
      let moved = Draws.all(of: "spatial_transform") { random -> [Double] in
        var values = [Float](repeating: 0, count: 24)
        values.withUnsafeMutableBufferPointer { values in
          guard let dx = values.baseAddress else { return }
          transform.draw(
            &random, VolumeGrid(points: 2, dx: dx, dy: dx + 8, dz: dx + 16), isVolume: true)
        }
        return values.enumerated().map { Double($1) / ($0 < 16 ? 6 : 2) }
      }
      #expect(Draws.isNormal(Array(moved.joined())))
    },
    "elastic": {
      let elastic = try Draws.make(
        Elastic.self, ["deviation": .number(4), "grid": .integer(2), "probability": .number(0.7)])
      let drawn = Draws.all(of: "elastic") { random -> [Float]? in
        var (dx, dy) = ([Float](repeating: 0, count: 4), [Float](repeating: 0, count: 4))
        return elastic.draw(&random, dx: &dx, dy: &dy) ? dx + dy : nil
      }
      #expect(Draws.isChance(drawn.count, 0.7))
      #expect(Draws.isNormal(drawn.joined().map { Double($0) / 4 }))
    },
    "elastic_simard": {
      // In the middle of a ramp, where the kernel of 13 × 13 just fits, the value tells how far a
      // pixel has come: the weighted sum of 169 uniform numbers, each of variance α² / 3.
      let side = 13
      let ramp = coordinateScene(size: Size(height: side, width: side))
      let elastic = try Draws.make(
        ElasticSimard.self,
        ["alpha": .number(10), "deviation": .number(2), "probability": .number(0.8)])
      let centre = side / 2 * side + side / 2
      let drawn = Draws.samples(elastic, of: ramp) { sample -> (x: Double, y: Double)? in
        let (x, y) = (sample.image[centre], sample.image[side * side + centre])
        return x == 6 && y == 6 ? nil : (Double(x) - 6, Double(y) - 6)
      }
      var kernel = [Float](repeating: 0, count: side)
      ck_gaussian(&kernel, 6, 2)
      let squares = kernel.reduce(0) { $0 + Double($1) * Double($1) }
      let deviation = 10 / 3.0.squareRoot() * squares
      #expect(Draws.isChance(drawn.count, 0.8))
      #expect(Draws.isNormal(drawn.map { $0.x / deviation }))
      #expect(Draws.isNormal(drawn.map { $0.y / deviation }))
      let sums = drawn.map { ($0.x + $0.y) / deviation / 2.0.squareRoot() }
      #expect(Draws.isNormal(sums), "independent")
    },
    "grid_distortion": {
      let grid = try Draws.make(
        GridDistortion.self, ["steps": .integer(3), "limit": .number(0.4)])
      let cells = Draws.all(of: "grid_distortion") { random -> [Double] in
        var displacements = [Float](repeating: 0, count: 10)
        var bounds = [Float](repeating: 0, count: 4)
        grid.draw(&random, &displacements, 10, bounds: &bounds)
        return (0..<3).map { Double(bounds[$0 + 1] - bounds[$0]) }
      }
      for cell in 0..<3 {
        #expect(Draws.isUniform(cells.map { $0[cell] }, 0.6...1.4, tolerance: 1e-6))
      }
      #expect(Draws.isChance(cells.count { $0[0] < 1 && $0[1] < 1 }, 0.25), "independent")
      let scene = coordinateScene(size: Size(height: 8, width: 8))
      let rare = try Draws.make(GridDistortion.self, ["probability": .number(0.3)])
      let changed = Draws.samples(rare, of: scene) { $0.image != scene.image }
      #expect(Draws.isChance(changed.count { $0 }, 0.3))
    },
    "optical_distortion": {
      let bent = Draws.all(of: "optical_distortion", try Draws.make(OpticalDistortion.self).draw)
      #expect(Draws.isChance(bent.count, 0.5) && Draws.isUniform(bent, -0.05...0.05))
    },
    "random_crop": {
      let scene = labelled(Size(height: 4, width: 7))
      func places(_ written: [String: FieldValue]) throws -> [[Int]] {
        let size = FieldValue.size(Size(height: 2, width: 4))
        let crop = try Draws.make(RandomCrop.self, written.merging(["size": size]) { $1 })
        return Draws.all(of: "random_crop") { random in
          let place = crop.draw(scene, &random)
          return [place.top, place.left]
        }
      }
      let all = (0..<3).flatMap { top in (0..<4).map { [top, $0] } }
      #expect(Draws.isEven(try places([:]), all))
      // Of 28 pixels all but the first are of a class other than 0: each as likely to be the middle,
      // which is moved inside where the part would not fit.
      let centred = try places(["foreground": .number(1)])
      for place in all {
        let pixels = (1..<28).count {
          [min(max($0 / 7 - 1, 0), 2), min(max($0 % 7 - 2, 0), 3)] == place
        }
        #expect(Draws.isChance(centred.count { $0 == place }, Double(pixels) / 27), "\(place)")
      }
      // A part somewhere has its middle at this pixel once in twelve.
      var single = scene
      for pixel in 0..<28 { single.labels[pixel] = pixel == 15 ? 1 : 0 }
      let crop = try Draws.make(
        RandomCrop.self,
        ["foreground": .number(0.6), "size": .size(Size(height: 2, width: 4))])
      let found = Draws.all(of: "random_crop") { crop.draw(single, &$0) }
        .count { $0 == (1, 0) }
      #expect(Draws.isChance(found, 0.6 + 0.4 / 12))
    },
    "crop_size": {
      let crop = try Draws.make(CropSize.self, ["side": .integer(3)])
      let firsts = Draws.samples(crop, of: labelled(Size(height: 5, width: 6))) { $0.labels[0] }
      #expect(Draws.isEven(firsts, [0, 1, 2, 3, 6, 7, 8, 9, 12, 13, 14, 15]))
    },
    "reflect_pad": {
      // Nothing is drawn.
      let pad = try Draws.make(ReflectPad.self, ["multiple": .integer(8)])
      let scene = coordinateScene(size: Size(height: 5, width: 6))
      let images = Draws.samples(pad, of: scene) { $0.image }
      #expect(images.count == Draws.count && images.allSatisfy { $0 == images[0] })
      #expect(images[0] != scene.image)
    },
  ]

  /// One whose labels count its pixels.
  static func labelled(_ size: Size) -> Sample {
    Sample(
      size: size, channels: 1, image: Array(repeating: 0, count: size.area),
      labels: (0..<size.area).map { Label($0) }, fill: [0])
  }
}
