// cblas_sgemm, and OpenBLAS's own openblas_set_num_threads.
#include <cblas.h>
