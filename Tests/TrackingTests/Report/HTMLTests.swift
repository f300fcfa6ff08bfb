import Testing

@testable import Tracking

@Suite("Markup of pages")
struct HTMLTests {
  @Test("a text that is put into markup stays text, also as the value of an attribute")
  func escaping() {
    let name = "<script>alert('x')</script> & \"more\""
    let html: HTML = "<p title=\"\(name)\">\(name)</p>"
    let escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;"
    #expect(html.text == "<p title=\"\(escaped)\">\(escaped)</p>")
  }

  @Test("what steers a terminal or turns the direction of writing is shown as U+FFFD")
  func controls() {
    let html: HTML = "\("a\u{1B}[31m\u{202E}b\u{0}\nc")"
    #expect(html.text == "a\u{FFFD}[31m\u{FFFD}b\u{FFFD}\nc")
  }

  @Test("markup in markup stays markup, and numbers are themselves")
  func nesting() {
    let items = ["a", "<b>"].map { "<li>\($0)</li>" as HTML }
    let list: HTML = "<ol>\(items)</ol>\(12)"
    #expect(list.text == "<ol><li>a</li><li>&lt;b&gt;</li></ol>12")
    #expect(items.joined("|").text == "<li>a</li>|<li>&lt;b&gt;</li>")
  }

  @Test("no data end the element that they are in")
  func data() {
    let json = "{\"a\": \"</script><!--\u{2028}&\"}"
    let text = HTML.data(json, id: "x").text
    #expect(
      text
        == "<script type=\"application/json\" id=\"x\">{\"a\": \"\\u003c/script\\u003e\\u003c!--\\u2028"
        + "\\u0026\"}</script>\n")
  }

  @Test("the script has no way to make markup of data")
  func script() {
    let script = ReportScript.standard.text
    for word in [
      "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(",
    ] {
      #expect(!script.contains(word), "\(word)")
    }
    #expect(!script.contains("</script"))
    #expect(!ReportStyle.standard.text.contains("</style"))
    for text in [script, ReportStyle.standard.text] {
      let addresses = text.replacing("http://www.w3.org/2000/svg", with: "")
      #expect(!addresses.contains("http:") && !addresses.contains("https:"))
    }
  }
}
