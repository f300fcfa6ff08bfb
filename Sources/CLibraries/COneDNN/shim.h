// oneDNN 2.x, the C interface.
#include <dnnl.h>
#include <dnnl_version.h>
