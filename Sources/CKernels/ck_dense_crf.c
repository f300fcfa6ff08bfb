#include "ck_dense_crf.h"

#include <math.h>
#include <stdlib.h>

#include "ck_lattice.h"
#include "ck_parallel.h"
#include "ck_tile.h"

enum { LANES = CK_LATTICE_LANES, MAX_KERNELS = 2, UPDATE_BLOCK = 16 * CK_TILE };

// Q lies as [B, N, lanes], classes being the lanes of B = ceil(K / lanes) blocks; those beyond K are 0.
typedef struct {
  float *probabilities;  // [K, N]
  int classes, blocks, kernels, is_last;
  long pixels;
  ck_lattice lattices[MAX_KERNELS];
  const float *blurred[MAX_KERNELS];
  float *q;        // [B, N, lanes]
  float *factors;  // [N]
} inference;

// MARK: Normalization

typedef struct {
  const inference *crf;
  int kernel;
  float weight;
} normalization;

// factors = √(w / n) of each pixel.
CK_KERNEL static void normalize_block(void *context, int unit) {
  const normalization *job = context;
  const inference *crf = job->crf;
  long first = (long)unit * UPDATE_BLOCK, end = first + UPDATE_BLOCK;
  if (end > crf->pixels) end = crf->pixels;
  for (long pixel = first; pixel < end; pixel += CK_TILE) {
    int count = end - pixel < CK_TILE ? (int)(end - pixel) : CK_TILE;
    float sums[CK_TILE][LANES] = {{0}};
    ck_lattice_slice(crf->lattices + job->kernel, crf->blurred[job->kernel], 0, pixel, count, sums);
    for (int t = 0; t < count; t++) crf->factors[pixel + t] = sqrtf(job->weight / sums[t][0]);
  }
}

static int update_units(const inference *crf) {
  return (int)((crf->pixels + UPDATE_BLOCK - 1) / UPDATE_BLOCK);
}

// Makes a kernel w k̃ of what was k.
static void normalize(inference *crf, int kernel, float weight, int threads) {
  ck_lattice *lattice = crf->lattices + kernel;
  for (long i = 0; i < crf->pixels * LANES; i++) crf->q[i] = 1;
  crf->blurred[kernel] = ck_lattice_blur(lattice, crf->q, 1, threads);
  normalization job = {crf, kernel, weight};
  ck_parallel(threads, update_units(crf), normalize_block, &job);
  ck_lattice_scale(lattice, crf->factors, threads);
}

// MARK: Updates

CK_INLINE void read_logarithms(const inference *crf, long pixel, int count, float z[][CK_TILE]) {
  const float least = 1e-5f;
  for (int c = 0; c < crf->classes; c++) {
    const float *from = crf->probabilities + c * crf->pixels + pixel;
    for (int t = 0; t < count; t++) z[c][t] = ck_log(from[t] < least ? least : from[t]);
    for (int t = count; t < CK_TILE; t++) z[c][t] = 0;
  }
}

CK_INLINE void add_messages(const inference *crf, long pixel, int count, float z[][CK_TILE]) {
  for (int block = 0; block < crf->blocks; block++) {
    float sums[CK_TILE][LANES] = {{0}};
    for (int m = 0; m < crf->kernels; m++)
      ck_lattice_slice(crf->lattices + m, crf->blurred[m], block, pixel, count, sums);
    for (int lane = 0; lane < LANES && block * LANES + lane < crf->classes; lane++)
      for (int t = 0; t < CK_TILE; t++) z[block * LANES + lane][t] += sums[t][lane];
  }
}

CK_INLINE void write_lanes(const inference *crf, long pixel, int count, float z[][CK_TILE]) {
  for (int block = 0; block < crf->blocks; block++) {
    float lanes[CK_TILE][LANES] = {{0}};
    for (int lane = 0; lane < LANES && block * LANES + lane < crf->classes; lane++)
      for (int t = 0; t < CK_TILE; t++) lanes[t][lane] = z[block * LANES + lane][t];
    float *to = crf->q + (block * crf->pixels + pixel) * LANES;
    memcpy(to, lanes, sizeof lanes[0] * (size_t)count);
  }
}

// Q of some pixels; a pixel reads only its own probabilities, which the last update replaces.
CK_KERNEL static void update_block(void *context, int unit) {
  const inference *crf = context;
  long first = (long)unit * UPDATE_BLOCK, end = first + UPDATE_BLOCK;
  if (end > crf->pixels) end = crf->pixels;
  float z[CK_MAX_CLASSES][CK_TILE];
  for (long pixel = first; pixel < end; pixel += CK_TILE) {
    int count = end - pixel < CK_TILE ? (int)(end - pixel) : CK_TILE;
    read_logarithms(crf, pixel, count, z);
    if (crf->blurred[0]) add_messages(crf, pixel, count, z);
    ck_tile_softmax(crf->classes, z);
    if (crf->is_last)
      for (int c = 0; c < crf->classes; c++)
        memcpy(crf->probabilities + c * crf->pixels + pixel, z[c], sizeof(float) * (size_t)count);
    else
      write_lanes(crf, pixel, count, z);
  }
}

// MARK: Inference

static int make_kernel(inference *crf, int h, int w, const float *image, int channels, float weight,
                       float position_deviation, float channel_deviation, int threads) {
  if (!(weight > 0)) return 0;
  int kernel = crf->kernels++;
  if (ck_lattice_make(crf->lattices + kernel, h, w, image, channels, position_deviation,
                      channel_deviation, crf->blocks, threads) != 0)
    return -1;
  normalize(crf, kernel, weight, threads);
  return 0;
}

static void infer(inference *crf, int iterations, int threads) {
  for (int m = 0; m < crf->kernels; m++) crf->blurred[m] = NULL;
  if (crf->kernels == 0) iterations = 0;
  for (int iteration = 0; iteration <= iterations; iteration++) {
    for (int m = 0; m < crf->kernels && iteration > 0; m++)
      crf->blurred[m] = ck_lattice_blur(crf->lattices + m, crf->q, crf->blocks, threads);
    crf->is_last = iteration == iterations;
    ck_parallel(threads, update_units(crf), update_block, crf);
  }
}

int ck_dense_crf(float *probabilities, int classes, int h, int w, const float *image, int channels,
                 ck_dense_crf_parameters parameters, int threads) {
  inference crf = {.probabilities = probabilities,
                   .classes = classes,
                   .blocks = (classes + LANES - 1) / LANES,
                   .pixels = (long)h * w};
  crf.q = malloc(sizeof(float) * LANES * (size_t)(crf.blocks * crf.pixels));
  crf.factors = malloc(sizeof(float) * (size_t)crf.pixels);
  int status = crf.q && crf.factors ? 0 : -1;
  if (status == 0)
    status = make_kernel(&crf, h, w, image, channels, parameters.bilateral_weight,
                         parameters.bilateral_deviation, parameters.colour_deviation, threads);
  if (status == 0)
    status = make_kernel(&crf, h, w, NULL, 0, parameters.gaussian_weight,
                         parameters.gaussian_deviation, 1, threads);
  if (status == 0) infer(&crf, parameters.iterations, threads);
  for (int m = 0; m < crf.kernels; m++) ck_lattice_free(crf.lattices + m);
  free(crf.q);
  free(crf.factors);
  return status;
}
