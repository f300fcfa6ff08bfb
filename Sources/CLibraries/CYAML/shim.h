// libyaml 0.2.x: only its event parser is used (yaml_parser_parse). The document loader recurses
// without a limit on nested input and resolves aliases, neither of which a spec may do.
#include <yaml.h>
