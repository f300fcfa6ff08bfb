#include "ck_multiply.h"

#include "ck_lanes.h"

typedef struct {
  ck_gating by;
  ck_chunks cut;  // of the features
  ck_tensor x, gate, y, dy, dgate;
  float *partials;  // [unit][block]
  int accumulate;
} pass;

static int is_per_place(ck_gating g) { return ck_area(g.gate) == ck_area(g.layout); }
static int is_per_channel(ck_gating g) { return g.gate.c == g.layout.c; }

CK_INLINE float gate_value(const pass *p, int n, int c, long pixel) {
  ck_layout gate = p->by.gate;
  long index = ck_index(gate, 0, c, pixel);
  return ck_value(p->gate.values, n * p->gate.stride + index, p->gate.type);
}

// Forward ---------------------------------------------------------------------------------------

CK_INLINE void write_products(const float *x, const float *factors, float *y, int accumulate,
                              long count) {
  if (accumulate) {
    CK_INDEPENDENT
    for (long i = 0; i < count; i++) y[i] += x[i] * factors[i];
  } else {
    CK_INDEPENDENT
    for (long i = 0; i < count; i++) y[i] = x[i] * factors[i];
  }
}

// factors [count] = the gate's value for each value of a chunk.
CK_INLINE void spread_gate(const pass *p, ck_chunk chunk, int block, float *factors) {
  ck_gating g = p->by;
  long pixels = chunk.count / block;
  long first = chunk.offset / block - chunk.block * ck_area(g.layout);
  int lanes = g.layout.c - chunk.block * block;
  if (lanes > block) lanes = block;
  if (is_per_place(g)) {
    for (long pixel = 0; pixel < pixels; pixel++) {
      float value = gate_value(p, chunk.n, 0, first + pixel);
      for (int lane = 0; lane < block; lane++) factors[pixel * block + lane] = value;
    }
    return;
  }
  float values[CK_MAX_BLOCK] = {0};
  for (int lane = 0; lane < lanes; lane++)
    values[lane] = gate_value(p, chunk.n, is_per_channel(g) ? chunk.block * block + lane : 0, 0);
  for (long pixel = 0; pixel < pixels; pixel++)
    for (int lane = 0; lane < block; lane++) factors[pixel * block + lane] = values[lane];
}

CK_KERNEL static void multiply_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], gate_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer);
  float *y = ck_target(p->y, chunk, p->accumulate, y_buffer);
  const float *factors = gate_buffer;
  int block = p->cut.layout.block;
  if (is_per_place(p->by) && is_per_channel(p->by))
    factors = ck_open(p->gate, chunk, gate_buffer);
  else if (block == 16)
    spread_gate(p, chunk, 16, gate_buffer);
  else
    spread_gate(p, chunk, block, gate_buffer);
  write_products(x, factors, y, p->accumulate, chunk.count);
  ck_close(p->y, chunk, y);
}

void ck_multiply(const ck_gating *gating, ck_tensor x, ck_tensor gate, ck_tensor y,
                 int accumulate) {
  pass p = {.by = *gating, .cut = ck_cut(gating->layout), .x = x, .gate = gate, .y = y,
            .accumulate = accumulate};
  ck_parallel(gating->threads, ck_units(p.cut), multiply_chunk, &p);
}

// The gate's gradient ----------------------------------------------------------------------------

static void set_gradient(const pass *p, int n, int c, long pixel, float value) {
  long index = n * p->dgate.stride + ck_index(p->by.gate, 0, c, pixel);
  if (p->accumulate) value += ck_value(p->dgate.values, index, p->dgate.type);
  ck_set(p->dgate.values, index, value, p->dgate.type);
}

// Zero in the lanes beyond the gate's last channel.
static void clear_padding(const pass *p, int n, long pixel) {
  ck_layout gate = p->by.gate;
  long start = n * p->dgate.stride + ck_index(gate, 0, gate.c - 1, pixel);
  int padding = ck_blocks(gate) * gate.block - gate.c;
  for (int lane = 1; lane <= padding; lane++)
    ck_set(p->dgate.values, start + lane, 0, p->dgate.type);
}

// The sums over a chunk's pixels, for each channel of its block.
CK_KERNEL static void sum_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], dy_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer), *dy = ck_open(p->dy, chunk, dy_buffer);
  ck_vector sums[CK_MAX_VECTORS] = {0};
  long whole = ck_whole(p->cut, chunk.count);
  for (long i = 0; i < whole;)
    for (int v = 0; v < p->cut.vectors; v++, i += CK_WIDTH)
      sums[v] += CK_LOAD(x + i) * CK_LOAD(dy + i);
  for (long i = whole; i < chunk.count; i++) ((float *)sums)[i - whole] += x[i] * dy[i];
  ck_fold(p->cut, sums, p->partials + (long)unit * p->cut.layout.block);
}

static double sum_of_chunks(const pass *p, int n, int c) {
  ck_chunks cut = p->cut;
  int block = cut.layout.block;
  long unit = ((long)n * ck_blocks(cut.layout) + c / block) * cut.chunks;
  double sum = 0;
  for (int chunk = 0; chunk < cut.chunks; chunk++)
    sum += p->partials[(unit + chunk) * block + c % block];
  return sum;
}

// The gate of one sample that is the same at all places.
static void merge_sample(void *context, int n) {
  const pass *p = context;
  double all = 0;
  for (int c = 0; c < p->by.layout.c; c++) {
    double sum = sum_of_chunks(p, n, c);
    all += sum;
    if (is_per_channel(p->by)) set_gradient(p, n, c, 0, (float)sum);
  }
  if (!is_per_channel(p->by)) set_gradient(p, n, 0, 0, (float)all);
  clear_padding(p, n, 0);
}

CK_KERNEL static void product_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float x_buffer[CK_CHUNK], dy_buffer[CK_CHUNK], result_buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, x_buffer), *dy = ck_open(p->dy, chunk, dy_buffer);
  float *result = ck_target(p->dgate, chunk, p->accumulate, result_buffer);
  write_products(x, dy, result, p->accumulate, chunk.count);
  ck_close(p->dgate, chunk, result);
}

// Sums over the channels, for a row of pixels of one sample.
CK_KERNEL static void sum_channels(void *context, int unit) {
  const pass *p = context;
  ck_layout layout = p->by.layout;
  int rows = layout.d * layout.h, n = unit / rows, block = layout.block;
  long area = ck_area(layout), first = (long)(unit % rows) * layout.w;
  for (long pixel = first; pixel < first + layout.w; pixel++) {
    float lanes[CK_MAX_BLOCK] = {0};
    double sum = 0;
    for (int b = 0; b < ck_blocks(layout); b++) {
      long place = (b * area + pixel) * block;
      for (int lane = 0; lane < block; lane++)
        lanes[lane] += ck_value(p->x.values, n * p->x.stride + place + lane, p->x.type) *
                       ck_value(p->dy.values, n * p->dy.stride + place + lane, p->dy.type);
    }
    for (int lane = 0; lane < block; lane++) sum += lanes[lane];
    set_gradient(p, n, 0, pixel, (float)sum);
    clear_padding(p, n, pixel);
  }
}

void ck_multiply_gate_gradient(const ck_gating *gating, ck_tensor x, ck_tensor dy,
                               ck_tensor dgate, int accumulate, float *scratch) {
  pass p = {.by = *gating, .cut = ck_cut(gating->layout), .x = x, .dy = dy, .dgate = dgate,
            .partials = scratch, .accumulate = accumulate};
  ck_layout layout = gating->layout;
  int units = ck_units(p.cut);
  if (is_per_place(*gating) && is_per_channel(*gating)) {
    ck_parallel(gating->threads, units, product_chunk, &p);
  } else if (is_per_place(*gating)) {
    ck_parallel(gating->threads, layout.n * layout.d * layout.h, sum_channels, &p);
  } else {
    ck_parallel(gating->threads, units, sum_chunk, &p);
    ck_parallel(gating->threads, layout.n, merge_sample, &p);
  }
}

long ck_multiply_scratch(const ck_gating *gating) {
  return (long)ck_units(ck_cut(gating->layout)) * gating->layout.block;
}
