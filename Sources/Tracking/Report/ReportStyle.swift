internal import Digest
internal import Foundation

/// The style sheet of reports: light, dark and on paper, for screens from 320 pixels on.
package struct ReportStyle: Sendable {
  package let text: String

  /// The colours of figures are variables of the page, so that figures follow its theme.
  package static let standard = ReportStyle(
    text: """
      :root{color-scheme:light dark;\(Theme.light.styleVariables)--bg:#f7f6f3;--line:#e3e1dc;\
      --chip:#efede8;--good:#2f6f3e;--warn:#815400;--shade:0 1px 2px #0000000d,0 6px 24px #0000000a}
      @media screen and (prefers-color-scheme:dark){:root{\(Theme.dark.styleVariables)--bg:#13161a;\
      --line:#2d333a;--chip:#262b31;--good:#8fd19e;--warn:#e8b657;--shade:none}}
      \(general)\(answer)\(tables)\(figures)\(images)\(gallery)\(endings)\(narrow)\(paper)
      """)

  /// SHA-256 in base 64, as a content policy names what it allows.
  var digest: String { SHA256.base64(of: text) }

  private static let general = """
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.55 Inter,system-ui,-apple-system,\
    "Segoe UI",Roboto,"Helvetica Neue","DejaVu Sans",Arial,sans-serif}
    .skip{position:absolute;left:-99em}
    .skip:focus{left:8px;top:8px;background:var(--paper);padding:8px 12px;z-index:9}
    .page{max-width:1320px;margin:0 auto;padding:0 26px 80px;display:grid;\
    grid-template-columns:142px minmax(0,1fr);gap:34px}
    nav{position:sticky;top:0;align-self:start;padding-top:48px;font-size:13.5px}
    nav ol{list-style:none;margin:0;padding:0;border-left:1px solid var(--line)}
    nav a{display:block;color:var(--muted);text-decoration:none;padding:4px 0 4px 14px;\
    margin-left:-1px;border-left:2px solid transparent}
    nav a:hover,nav a:focus-visible,nav a[aria-current]{color:var(--ink);border-left-color:var(--ink)}
    main{min-width:0}
    header{padding:44px 0 8px}
    h1{font-size:34px;line-height:1.16;letter-spacing:-.02em;font-weight:680;margin:0 0 16px;\
    max-width:28ch;text-wrap:balance;overflow-wrap:anywhere}
    h2{font-size:20px;letter-spacing:-.01em;font-weight:650;margin:52px 0 14px}
    h3{font-size:14px;font-weight:620;margin:0}
    p{margin:0 0 10px}
    .eyebrow{margin:0 0 8px;color:var(--muted);font-size:13px}
    .small{color:var(--muted);font-size:12.5px;max-width:92ch}
    .absent{color:var(--muted);font-size:13.5px;margin:8px 0}
    .chips{display:flex;flex-wrap:wrap;gap:7px;margin:0;padding:0;list-style:none}
    .chip{display:inline-block;font-size:12.5px;line-height:1.2;padding:5px 10px;border-radius:99px;\
    background:var(--chip);color:var(--ink2);white-space:nowrap;max-width:100%;overflow:hidden;\
    text-overflow:ellipsis;vertical-align:middle}
    .chip.good{color:var(--good)}.chip.good::before{content:"✓ "}
    .chip.bad{color:var(--bad)}.chip.bad::before{content:"✕ "}
    .chip.live::before{content:"● ";color:var(--good)}
    .chip.best{background:var(--good);color:var(--paper);font-weight:600}
    .chip.near{background:color-mix(in oklab,var(--c1) 12%,var(--paper));color:var(--t1)}
    code,.mono,.command{font-family:"JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,\
    "DejaVu Sans Mono",monospace;font-size:12.5px}
    .command{margin:14px 0 0;background:var(--bg);border:1px solid var(--line);border-radius:8px;\
    padding:9px 12px;white-space:pre-wrap;overflow-wrap:anywhere;color:var(--ink2)}
    .command b{font-weight:400;color:var(--muted);margin-right:8px;user-select:none}
    :focus-visible{outline:2px solid var(--c1);outline-offset:2px;border-radius:3px}
    .warning{border-left:3px solid var(--warn);padding:8px 14px;background:var(--paper);margin:14px 0;\
    font-size:13.5px}

    """

  private static let answer = """
    .answer{margin-top:22px;background:var(--paper);border:1px solid var(--line);border-radius:14px;\
    box-shadow:var(--shade);display:grid;grid-template-columns:minmax(260px,5fr) 7fr}
    .answer>div{padding:24px 28px;min-width:0}
    .answer .value-side{border-right:1px solid var(--line)}
    .answer h2{margin:0 0 8px;font-size:19px}
    .answer p{max-width:62ch}
    .point{margin:0;font-weight:600;font-size:16px;overflow-wrap:anywhere}
    .value{font-size:54px;line-height:1.1;letter-spacing:-.035em;font-weight:680;margin:10px 0 6px;\
    font-variant-numeric:tabular-nums}
    .value .spread{font-size:26px;font-weight:450;letter-spacing:-.01em;color:var(--muted)}
    .answer .unit{margin:0;color:var(--muted);font-size:13px}
    .number{font-weight:650;white-space:nowrap;font-variant-numeric:tabular-nums}
    .pairs{margin:16px 0 2px;max-width:360px}.pairs svg{display:block;width:100%;height:auto}

    """

  private static let tables = """
    .scroll{overflow-x:auto}
    .scroll:focus-visible{outline-offset:0}
    table{border-collapse:separate;border-spacing:0;width:100%;font-size:13.5px}
    .card{background:var(--paper);border:1px solid var(--line);border-radius:12px;\
    box-shadow:var(--shade);overflow:hidden}
    th,td{padding:6px 9px;text-align:left;font-weight:400;vertical-align:middle;\
    border-bottom:1px solid var(--grid)}
    .wide th,.wide td{white-space:nowrap;padding-left:6px;padding-right:6px}
    tbody tr:last-child>*{border-bottom:0}
    thead th{color:var(--muted);font-size:12px;font-weight:500;border-bottom:1px solid var(--line);\
    vertical-align:bottom}
    thead .groups>*{color:var(--ink2);font-weight:600;border-bottom:0;padding-top:10px;padding-bottom:0}
    .num{text-align:right;font-variant-numeric:tabular-nums}
    .main{font-weight:620}.spread{color:var(--muted);font-weight:400}
    .rank,.soft{color:var(--muted)}
    svg.mark{vertical-align:-2px;margin-right:5px}
    .unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .keys{list-style:none;margin:26px 0 0;padding:0 0 0 14px;display:grid;gap:6px;color:var(--ink2)}
    .keys li{overflow-wrap:anywhere;padding-left:21px;text-indent:-21px}
    tr.first>*{background:color-mix(in oklab,var(--c3) 7%,var(--paper))}
    tbody tr:hover>*{background:color-mix(in oklab,var(--ink) 4%,var(--paper))}
    tr.marked>*{background:color-mix(in oklab,var(--c1) 12%,var(--paper))}
    .wide .drawn{padding:0 4px}.drawn svg{display:block}
    .flags{white-space:nowrap}.flags .chip{font-size:11px;padding:3px 8px;margin-right:4px}
    th button{all:unset;cursor:pointer;min-height:24px;min-width:24px;display:inline-flex;align-items:flex-end}
    th.num button{justify-content:flex-end}
    th button:hover{color:var(--ink)}th button:focus-visible{outline:2px solid var(--c1)}
    th button::after{content:"";display:inline-block;width:1.1em;text-align:center}
    th[aria-sort=ascending] button::after{content:"↑"}th[aria-sort=descending] button::after{content:"↓"}
    .controls{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;font-size:12.5px;\
    color:var(--muted);font-variant-numeric:tabular-nums}
    .controls label{display:flex;align-items:center;gap:8px;min-height:24px}
    .controls input[type=range]{width:130px;height:24px;accent-color:var(--ink2)}
    .controls input[type=search]{font:inherit;color:var(--ink);background:var(--paper);min-height:28px;\
    border:1px solid var(--axis);border-radius:7px;padding:2px 9px;width:min(260px,100%)}
    .controls button{font:inherit;color:var(--ink2);background:var(--chip);border:0;border-radius:7px;\
    padding:4px 10px;min-height:26px;cursor:pointer}
    .controls output{min-width:2.4em}
    .above{margin:0 0 10px}
    .under{margin:10px 2px 0}
    ol.notes{padding-left:1.6em;margin:10px 0 0}

    """

  private static let figures = """
    figure{margin:0 0 18px;background:var(--paper);border:1px solid var(--line);border-radius:12px;\
    padding:16px 18px 14px;box-shadow:var(--shade);min-width:0}
    .figure-head{display:flex;justify-content:space-between;align-items:center;gap:12px;\
    margin-bottom:12px;flex-wrap:wrap;min-height:26px}
    figure svg{display:block;width:100%;height:auto}
    figcaption{color:var(--muted);font-size:12.5px;margin-top:10px;max-width:96ch}
    .two{display:grid;grid-template-columns:1fr 1fr;gap:18px;align-items:stretch}
    .two.wider{grid-template-columns:590fr 410fr}
    .two figure{display:flex;flex-direction:column}
    .two figcaption{margin-top:auto;padding-top:10px}
    svg text{font-family:inherit;font-variant-numeric:tabular-nums}
    svg .panel:focus{outline:none}svg .panel:focus-visible{outline:2px solid var(--c1)}
    details{margin-top:8px;font-size:12.5px}
    summary{cursor:pointer;color:var(--muted);min-height:24px;width:max-content;max-width:100%}
    details .scroll{max-height:340px;overflow:auto;margin-top:6px;border:1px solid var(--line);\
    border-radius:8px}
    details table{font-size:12px}details td,details th{padding:3px 9px;white-space:nowrap}
    details thead th{position:sticky;top:0;background:var(--paper)}
    .hair{stroke:var(--ink2);stroke-width:1;stroke-dasharray:3 3;pointer-events:none}
    .raw{opacity:.25}
    .faint{opacity:.1}
    .strong{stroke-width:3.2}
    .brush-zone{fill:transparent;cursor:crosshair}
    .brush-zone:focus-visible{outline:none;stroke:var(--c1);stroke-width:2}
    .brush-range{fill:var(--ink);fill-opacity:.14;stroke:var(--ink2);pointer-events:none}
    #tip{position:fixed;pointer-events:none;z-index:8;background:var(--ink);color:var(--paper);\
    font-size:12px;line-height:1.5;padding:8px 11px;border-radius:8px;visibility:hidden;\
    font-variant-numeric:tabular-nums;max-width:min(420px,92vw);white-space:pre-line;top:0;left:0}
    #tip b{font-weight:620;display:block}
    #tip span{display:flex;gap:8px;justify-content:space-between;white-space:nowrap}
    #tip i{font-style:normal}

    """

  private static let endings = """
    .fair td,.fair th{padding:9px 14px;vertical-align:top}
    .fair .mono{color:var(--muted);text-align:right;overflow-wrap:anywhere}
    .same,.note,.differs{font-size:12px;font-weight:600;white-space:nowrap}
    .same{color:var(--good)}.note{color:var(--warn)}.differs{color:var(--bad)}
    .made{display:grid;grid-template-columns:110px minmax(0,1fr);gap:7px 18px;margin:0 0 16px;\
    font-size:13.5px}
    .made .command{margin:0}
    .made dt{color:var(--muted)}.made dd{margin:0;overflow-wrap:anywhere}
    .made ul{margin:0;padding-left:1.2em}

    """

  /// On screens alone: a page of A4 is narrow too.
  private static let narrow = """
    @media screen and (max-width:980px){.page{grid-template-columns:minmax(0,1fr);gap:0;\
    padding:0 16px 60px}nav{display:none}.two,.two.wider,.answer{grid-template-columns:minmax(0,1fr)}\
    .answer .value-side{border-right:0;border-bottom:1px solid var(--line)}h1{font-size:28px}\
    header{padding-top:28px}figure .scroll>svg{min-width:780px}\
    .two figure .scroll>svg{min-width:440px}.answer>div{padding:20px}\
    .value{font-size:46px}.image-head{display:none}\
    .image-row{grid-template-columns:repeat(2,minmax(0,1fr));margin-bottom:18px}\
    .image-name{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:4px 12px}\
    .made{grid-template-columns:minmax(0,1fr);gap:2px}.made dt{margin-top:8px}.fair .mono{display:none}}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}

    """

  private static let paper = """
    @media print{@page{size:A4;margin:14mm 12mm}:root{--bg:#fff;--shade:none}body{font-size:10.5pt}\
    nav,.controls,#tip,.skip,details,#live{display:none}.page{display:block;padding:0;max-width:none}\
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}\
    figure,.answer,tr,.image-row,.command{break-inside:avoid}h2{break-after:avoid;margin-top:22pt}\
    h1{font-size:20pt}.value{font-size:34pt}.scroll{overflow:visible}figure{padding:10px 12px}\
    .wide{font-size:7pt}.wide th,.wide td{padding:3px 3px}.wide .chip{font-size:6.5pt;padding:2px 4px}\
    .drawn svg{height:20px;width:auto}}

    """
}

extension SHA256 {
  static func base64(of text: String) -> String {
    var hash = SHA256()
    hash.update(text)
    return Data(hash.finish().bytes).base64EncodedString()
  }
}
