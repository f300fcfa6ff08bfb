#include "ck_group_norm.h"

#include <math.h>

#include "ck_moments.h"

typedef struct {
  const ck_group_norm *norm;
  ck_chunks cut;
  ck_tensor x, y, dy, dx;
  float *mean, *inverse;    // [n][c]
  float *partials;          // [unit][2][block]
  float *shifts, *scales;   // [n][c]: means over the group that backward subtracts
  float *dscale, *dshift;
  int accumulate;
} pass;

static int channels_of_group(const pass *p) { return p->cut.layout.c / p->norm->groups; }

// Index of the first partial of a sample's channel; chunk by chunk the next ones follow 2 · block apart.
CK_INLINE long partial_index(ck_chunks cut, int n, int c) {
  int block = cut.layout.block;
  return ((long)n * ck_blocks(cut.layout) + c / block) * cut.chunks * 2 * block + c % block;
}

// The moments of a group of one sample from those of its chunks (Chan, Golub & LeVeque 1979).
static void merge_moments(void *context, int unit) {
  const pass *p = context;
  ck_chunks cut = p->cut;
  int count = channels_of_group(p), n = unit / p->norm->groups;
  int first = unit % p->norm->groups * count, block = cut.layout.block;
  double values = (double)count * ck_area(cut.layout), mean = 0, squares = 0;
  for (int reading = 0; reading < 2; reading++)
    for (int c = first; c < first + count; c++) {
      const float *partial = p->partials + partial_index(cut, n, c);
      for (int chunk = 0; chunk < cut.chunks; chunk++, partial += 2 * block) {
        double weight = (double)(ck_chunk_at(cut, chunk).count / block);
        if (reading == 0)
          mean += weight * partial[0] / values;
        else
          squares += partial[block] + weight * (partial[0] - mean) * (partial[0] - mean);
      }
    }
  for (int c = first; c < first + count; c++) {
    p->mean[(long)n * cut.layout.c + c] = (float)mean;
    p->inverse[(long)n * cut.layout.c + c] =
        (float)(1 / sqrt(squares / values + p->norm->epsilon));
  }
}

// What a chunk's kernels need of its channels: one period of vectors each.
typedef struct {
  ck_vector mean[CK_MAX_VECTORS], inverse[CK_MAX_VECTORS];
  ck_vector scale[CK_MAX_VECTORS], shift[CK_MAX_VECTORS];
} lanes;

CK_INLINE void spread(const pass *p, ck_chunk chunk, lanes *l) {
  long sample = (long)chunk.n * p->cut.layout.c;
  ck_spread(p->cut, chunk.block, p->mean + sample, l->mean);
  ck_spread(p->cut, chunk.block, p->inverse + sample, l->inverse);
  ck_spread(p->cut, chunk.block, p->norm->scale, l->scale);
  ck_spread(p->cut, chunk.block, p->norm->shift, l->shift);
}

#define NORMAL(x, l, v) ((CK_LOAD(x) - (l)->mean[v]) * (l)->inverse[v])

// Whole periods only, as all functions below that take a number of vectors.
CK_INLINE void normalise(const float *x, const lanes *l, float *y, long count, int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH)
      CK_STORE(y + i, NORMAL(x + i, l, v) * l->scale[v] + l->shift[v]);
}

CK_KERNEL static void normalise_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer);
  float *y = ck_target(p->y, chunk, 0, y_buffer);
  int vectors = p->cut.vectors;
  lanes l;
  spread(p, chunk, &l);
  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    normalise(x, &l, y, whole, 1);
  else
    normalise(x, &l, y, whole, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, rest * sizeof(float));
    normalise(values, &l, values, (long)vectors * CK_WIDTH, vectors);
    memcpy(y + whole, values, rest * sizeof(float));
  }
  ck_close(p->y, chunk, y);
}

CK_INLINE void add_gradients(const float *x, const float *dy, const lanes *l, ck_vector *shift,
                             ck_vector *scale, long count, int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector gradient = CK_LOAD(dy + i);
      shift[v] += gradient;
      scale[v] += gradient * NORMAL(x + i, l, v);
    }
}

// The sums of dy, and of dy times the normalised values, of each channel of a chunk.
CK_KERNEL static void gradient_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], dy_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer), *dy = ck_open(p->dy, chunk, dy_buffer);
  int vectors = p->cut.vectors, block = p->cut.layout.block;
  lanes l;
  spread(p, chunk, &l);
  ck_vector shift[CK_MAX_VECTORS] = {0}, scale[CK_MAX_VECTORS] = {0};
  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    add_gradients(x, dy, &l, shift, scale, whole, 1);
  else
    add_gradients(x, dy, &l, shift, scale, whole, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0}, gradients[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, rest * sizeof(float));
    memcpy(gradients, dy + whole, rest * sizeof(float));
    add_gradients(values, gradients, &l, shift, scale, (long)vectors * CK_WIDTH, vectors);
  }
  float *partial = p->partials + (long)unit * 2 * block;
  ck_fold(p->cut, shift, partial);
  ck_fold(p->cut, scale, partial + block);
}

static double sum_of_chunks(const pass *p, int n, int c, int offset) {
  const float *partial = p->partials + partial_index(p->cut, n, c) + offset;
  double sum = 0;
  for (int chunk = 0; chunk < p->cut.chunks; chunk++)
    sum += partial[(long)chunk * 2 * p->cut.layout.block];
  return sum;
}

static void merge_gradients(void *context, int c) {
  const pass *p = context;
  double shift = 0, scale = 0;
  for (int n = 0; n < p->cut.layout.n; n++) {
    shift += sum_of_chunks(p, n, c, 0);
    scale += sum_of_chunks(p, n, c, p->cut.layout.block);
  }
  p->dshift[c] = (float)shift;
  p->dscale[c] = (float)scale;
}

// The means over a group of the gradient of the normalised values, and of its product with them.
static void merge_groups(void *context, int unit) {
  const pass *p = context;
  int count = channels_of_group(p), n = unit / p->norm->groups;
  int first = unit % p->norm->groups * count, block = p->cut.layout.block;
  double values = (double)count * ck_area(p->cut.layout), shift = 0, scale = 0;
  for (int c = first; c < first + count; c++) {
    shift += p->norm->scale[c] * sum_of_chunks(p, n, c, 0);
    scale += p->norm->scale[c] * sum_of_chunks(p, n, c, block);
  }
  for (int c = first; c < first + count; c++) {
    p->shifts[(long)n * p->cut.layout.c + c] = (float)(shift / values);
    p->scales[(long)n * p->cut.layout.c + c] = (float)(scale / values);
  }
}

CK_INLINE void propagate(const float *x, const float *dy, const lanes *l, const ck_vector *shift,
                         const ck_vector *scale, float *dx, int accumulate, long count,
                         int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector dz = CK_LOAD(dy + i) * l->scale[v];
      dz = (dz - shift[v] - NORMAL(x + i, l, v) * scale[v]) * l->inverse[v];
      CK_STORE(dx + i, accumulate ? CK_LOAD(dx + i) + dz : dz);
    }
}

CK_KERNEL static void propagate_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], dy_buffer[CK_CHUNK], dx_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer), *dy = ck_open(p->dy, chunk, dy_buffer);
  float *dx = ck_target(p->dx, chunk, p->accumulate, dx_buffer);
  int vectors = p->cut.vectors;
  long sample = (long)chunk.n * p->cut.layout.c;
  lanes l;
  spread(p, chunk, &l);
  ck_vector shift[CK_MAX_VECTORS], scale[CK_MAX_VECTORS];
  ck_spread(p->cut, chunk.block, p->shifts + sample, shift);
  ck_spread(p->cut, chunk.block, p->scales + sample, scale);
  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    propagate(x, dy, &l, shift, scale, dx, p->accumulate, whole, 1);
  else
    propagate(x, dy, &l, shift, scale, dx, p->accumulate, whole, vectors);
  if (rest > 0) {
    size_t bytes = rest * sizeof(float);
    float inputs[CK_MAX_PERIOD] = {0}, gradients[CK_MAX_PERIOD] = {0};
    float result[CK_MAX_PERIOD] = {0};
    memcpy(inputs, x + whole, bytes);
    memcpy(gradients, dy + whole, bytes);
    memcpy(result, dx + whole, bytes);
    propagate(inputs, gradients, &l, shift, scale, result, p->accumulate,
              (long)vectors * CK_WIDTH, vectors);
    memcpy(dx + whole, result, bytes);
  }
  ck_close(p->dx, chunk, dx);
}

static long samples_by_channels(ck_layout layout) { return (long)layout.n * layout.c; }

static pass pass_of(const ck_group_norm *norm, ck_tensor x, const float *saved) {
  float *mean = (float *)saved;
  return (pass){.norm = norm, .cut = ck_cut(norm->layout), .x = x, .mean = mean,
                .inverse = mean + samples_by_channels(norm->layout)};
}

void ck_group_norm_forward(const ck_group_norm *norm, ck_tensor x, ck_tensor y, float *saved,
                           float *scratch) {
  pass p = pass_of(norm, x, saved);
  p.y = y;
  p.partials = scratch;
  ck_chunk_moments(p.cut, x, scratch, norm->threads);
  ck_parallel(norm->threads, norm->layout.n * norm->groups, merge_moments, &p);
  ck_parallel(norm->threads, ck_units(p.cut), normalise_chunk, &p);
}

void ck_group_norm_repeat(const ck_group_norm *norm, ck_tensor x, ck_tensor y,
                          const float *saved) {
  pass p = pass_of(norm, x, saved);
  p.y = y;
  ck_parallel(norm->threads, ck_units(p.cut), normalise_chunk, &p);
}

void ck_group_norm_backward(const ck_group_norm *norm, ck_tensor x, const float *saved,
                            ck_tensor dy, ck_tensor dx, int accumulate, float *dscale,
                            float *dshift, float *scratch) {
  pass p = pass_of(norm, x, saved);
  long places = samples_by_channels(norm->layout);
  p.dy = dy;
  p.dx = dx;
  p.accumulate = accumulate;
  p.dscale = dscale;
  p.dshift = dshift;
  p.shifts = scratch;
  p.scales = scratch + places;
  p.partials = scratch + 2 * places;
  ck_parallel(norm->threads, ck_units(p.cut), gradient_chunk, &p);
  ck_parallel(norm->threads, norm->layout.c, merge_gradients, &p);
  if (!dx.values) return;
  ck_parallel(norm->threads, norm->layout.n * norm->groups, merge_groups, &p);
  ck_parallel(norm->threads, ck_units(p.cut), propagate_chunk, &p);
}

long ck_group_norm_saved(ck_layout layout) { return 2 * samples_by_channels(layout); }

long ck_group_norm_scratch(ck_layout layout) {
  return (long)ck_units(ck_cut(layout)) * 2 * layout.block + 2 * samples_by_channels(layout);
}
