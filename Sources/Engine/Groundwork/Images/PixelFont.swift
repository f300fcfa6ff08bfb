/// Letters of 5 × 8 pixels, for words in images: the seven rows of dot-matrix displays and one below the line.
package enum PixelFont {
  package static let width = 5
  package static let height = 8
  /// From one letter to the next.
  package static let advance = width + 1

  /// Letters, each followed by the bits of its five columns, the lowest of each for the row at the top.
  private static let text = """
     0000000000 !00005F0000 #147F147F14 %2313086462 &3649552250 '0005030000 (001C224100 )0041221C00
    *14083E0814 +08083E0808 ,00A0600000 -0808080808 .0060600000 /2010080402 :0036360000 =1414141414
    03E5149453E 100427F4000 24261514946 32141454B31 41814127F10 52745454539 63C4A494930 70171090503
    83649494936 9064949291E
    A7E1111117E B7F49494936 C3E41414122 D7F4141221C E7F49494941 F7F09090901 G3E4149497A H7F0808087F
    I00417F4100 J2040413F01 K7F08142241 L7F40404040 M7F020C027F N7F0408107F O3E4141413E P7F09090906
    Q3E4151215E R7F09192946 S4649494931 T01017F0101 U3F4040403F V1F2040201F W3F4038403F X6314081463
    Y0708700807 Z6151494543
    a2054545478 b7F48444438 c3844444420 d384444487F e3854545418 f087E090102 g18A4A4A47C h7F08040478
    i00447D4000 j4080847D00 k7F10284400 l00417F4000 m7C04180478 n7C08040478 o3844444438 pFC24242418
    q18242424FC r7C08040408 s4854545420 t043F444020 u3C4040207C v1C2040201C w3C4030403C x4428102844
    y1CA0A0A07C z4464544C44 _8080808080
    """

  private static let columns: [Character: [UInt8]] = {
    var columns: [Character: [UInt8]] = [" ": Array(repeating: 0, count: width)]
    for entry in text.split(whereSeparator: \.isWhitespace) where entry.count == 1 + 2 * width {
      let digits = Array(entry.dropFirst())
      columns[entry[entry.startIndex]] = (0..<width).map {
        UInt8(String(digits[2 * $0...2 * $0 + 1]), radix: 16) ?? 0
      }
    }
    return columns
  }()

  /// A frame stands for letters that there are not.
  private static let unknown: [UInt8] = [0x7F, 0x41, 0x41, 0x41, 0x7F]

  /// The size of a text, with a pixel around it.
  package static func size(of text: String, scale: Int) -> Size {
    Size(height: (height + 1) * scale, width: (advance * text.count + 1) * scale)
  }

  /// Calls `body` with the places of all pixels of a text of that size.
  package static func forEachPixel(
    of text: String, scale: Int, _ body: (_ row: Int, _ column: Int) -> Void
  ) {
    for (place, letter) in text.enumerated() {
      for (column, bits) in (columns[letter] ?? unknown).enumerated() {
        for row in 0..<height where bits >> row & 1 == 1 {
          for y in 0..<scale {
            for x in 0..<scale {
              body((row + 1) * scale + y, (place * advance + column + 1) * scale + x)
            }
          }
        }
      }
    }
  }
}
