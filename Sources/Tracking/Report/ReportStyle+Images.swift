extension ReportStyle {
  static let images = """
    .image-head,.image-row{display:grid;grid-template-columns:128px repeat(4,minmax(0,1fr));gap:8px;\
    align-items:center}
    .image-head{font-size:12px;color:var(--muted);padding-bottom:6px}
    .image-row{margin:0 0 8px}
    .image-name{font-size:12px;color:var(--muted);overflow-wrap:anywhere;display:grid;gap:2px}
    .image-name b{font-weight:620;color:var(--ink)}
    .image-row img{width:100%;height:auto;display:block;border-radius:5px}
    .image-row img.small{image-rendering:pixelated}
    .stack{position:relative}.stack img+img{position:absolute;inset:0}
    .course{list-style:none;margin:0;padding:0;display:grid;gap:14px}
    .course h4{margin:0 0 6px;font-size:13px;font-weight:620}.sliding .course h4{display:none}
    .course-row{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:8px}
    .course-row>div{max-width:320px}
    .course-row img{width:100%;height:auto;display:block;border-radius:5px}
    .course-row img.small{image-rendering:pixelated}
    .course-row p{margin:4px 0 0;font-size:12px;color:var(--muted);overflow-wrap:anywhere}
    .course-row b{font-weight:620;color:var(--ink)}
    .legend{display:flex;flex-wrap:wrap;gap:6px 16px;font-size:12.5px;color:var(--ink2);\
    margin:12px 0 0;padding:0;list-style:none}
    .legend li{display:inline-flex;align-items:center;gap:6px;max-width:100%;overflow-wrap:anywhere}
    .legend svg,.swatch{display:inline-block;width:12px;height:12px;flex:none;vertical-align:-1px}

    """

  static let gallery = """
    .gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:16px;\
    margin:0 0 12px}
    .gallery>div{min-width:0;break-inside:avoid}
    .gallery .pair{display:grid;grid-template-columns:1fr 1fr;gap:4px}
    .gallery img{width:100%;height:auto;display:block;border-radius:5px;background:var(--cell)}
    .gallery img.small{image-rendering:pixelated}
    .gallery p{margin:5px 0 0;font-size:12px;color:var(--muted);overflow-wrap:anywhere}
    .gallery b{font-weight:620;color:var(--ink)}
    .findings{list-style:none;margin:0;padding:0;display:grid;gap:12px}
    .findings li{background:var(--paper);border:1px solid var(--line);border-left:3px solid var(--axis);\
    border-radius:8px;padding:12px 16px;break-inside:avoid}
    .findings li.error{border-left-color:var(--bad)}.findings li.serious{border-left-color:var(--warn)}
    .findings p{margin:4px 0 0;font-size:13.5px;color:var(--ink2);max-width:92ch;overflow-wrap:anywhere}
    .findings h3{overflow-wrap:anywhere}

    """
}
