#include "ck_activation.h"
#include "ck_lanes.h"
#include "ck_sigmoid.h"

// Functions of single values, and their gradients from what a function has read or written.

typedef struct {
  ck_chunks cut;
  ck_tensor x, y;    // `x` is what the function reads
  ck_tensor seen;    // what the gradient goes by: x or y
  ck_tensor dy, dx;
  ck_rectifier rectifier;
  int accumulate;
} pass;

CK_INLINE float rectified(float x, ck_rectifier r) {
  float y = x <= 0 ? x * r.slope : x;
  return y > r.ceiling ? r.ceiling : y;
}
CK_INLINE float rectified_slope(float y, ck_rectifier r) {
  return y <= 0 ? r.slope : y >= r.ceiling ? 0 : 1;
}

CK_INLINE float swish_slope(float x) {
  float s = ck_sigmoid_of(x);
  return s + x * s * (1 - s);
}

#define CK_FUNCTION(name, value)                                      \
  CK_KERNEL static void name(void *context, int unit) {               \
    const pass *p = context;                                          \
    ck_chunk chunk = ck_chunk_at(p->cut, unit);                       \
    float x_buffer[CK_CHUNK], y_buffer[CK_CHUNK];                     \
    const float *xs = ck_open(p->x, chunk, x_buffer);                 \
    float *ys = ck_target(p->y, chunk, 0, y_buffer);                  \
    ck_rectifier rectifier = p->rectifier;                            \
    (void)rectifier;                                                  \
    CK_INDEPENDENT                                                    \
    for (long i = 0; i < chunk.count; i++) {                          \
      float x = xs[i];                                                \
      ys[i] = value;                                                  \
    }                                                                 \
    clear_padding(p, chunk, ys);                                      \
    ck_close(p->y, chunk, ys);                                        \
  }

#define CK_GRADIENT(name, slope)                                                 \
  CK_KERNEL static void name(void *context, int unit) {                          \
    const pass *p = context;                                                     \
    ck_chunk chunk = ck_chunk_at(p->cut, unit);                                  \
    float seen_buffer[CK_CHUNK], dy_buffer[CK_CHUNK], dx_buffer[CK_CHUNK];       \
    const float *values = ck_open(p->seen, chunk, seen_buffer);                  \
    const float *dy = ck_open(p->dy, chunk, dy_buffer);                          \
    float *dx = ck_target(p->dx, chunk, p->accumulate, dx_buffer);               \
    ck_rectifier rectifier = p->rectifier;                                       \
    (void)rectifier;                                                             \
    if (p->accumulate) {                                                         \
      CK_INDEPENDENT                                                             \
      for (long i = 0; i < chunk.count; i++) {                                   \
        float value = values[i];                                                 \
        dx[i] += dy[i] * (slope);                                                \
      }                                                                          \
    } else {                                                                     \
      CK_INDEPENDENT                                                             \
      for (long i = 0; i < chunk.count; i++) {                                   \
        float value = values[i];                                                 \
        dx[i] = dy[i] * (slope);                                                 \
      }                                                                          \
    }                                                                            \
    ck_close(p->dx, chunk, dx);                                                  \
  }

// Zero in the lanes beyond the last channel, which a function may have taken elsewhere.
CK_INLINE void clear_padding(const pass *p, ck_chunk chunk, float *values) {
  ck_layout layout = p->cut.layout;
  int used = layout.c - chunk.block * layout.block;
  if (used >= layout.block) return;
  for (long pixel = 0; pixel < chunk.count; pixel += layout.block)
    for (int lane = used; lane < layout.block; lane++) values[pixel + lane] = 0;
}

CK_FUNCTION(rectify_chunk, rectified(x, rectifier))
CK_GRADIENT(rectify_gradient_chunk, rectified_slope(value, rectifier))
CK_FUNCTION(sigmoid_chunk, ck_sigmoid_of(x))
CK_GRADIENT(sigmoid_gradient_chunk, value *(1 - value))
CK_FUNCTION(swish_chunk, x *ck_sigmoid_of(x))
CK_GRADIENT(swish_gradient_chunk, swish_slope(value))

static void apply(ck_layout layout, ck_rectifier rectifier, ck_tensor x, ck_tensor y, int threads,
                  ck_body chunk) {
  pass p = {.cut = ck_cut(layout), .x = x, .y = y, .rectifier = rectifier};
  ck_parallel(threads, ck_units(p.cut), chunk, &p);
}

static void propagate(ck_layout layout, ck_rectifier rectifier, ck_tensor seen, ck_tensor dy,
                      ck_tensor dx, int accumulate, int threads, ck_body chunk) {
  pass p = {.cut = ck_cut(layout), .seen = seen, .dy = dy, .dx = dx, .rectifier = rectifier,
            .accumulate = accumulate};
  ck_parallel(threads, ck_units(p.cut), chunk, &p);
}

static const ck_rectifier no_rectifier = {0, 0};

void ck_rectify(ck_layout layout, ck_rectifier rectifier, ck_tensor x, ck_tensor y, int threads) {
  apply(layout, rectifier, x, y, threads, rectify_chunk);
}

void ck_rectify_backward(ck_layout layout, ck_rectifier rectifier, ck_tensor y, ck_tensor dy,
                         ck_tensor dx, int accumulate, int threads) {
  propagate(layout, rectifier, y, dy, dx, accumulate, threads, rectify_gradient_chunk);
}

void ck_sigmoid(ck_layout layout, ck_tensor x, ck_tensor y, int threads) {
  apply(layout, no_rectifier, x, y, threads, sigmoid_chunk);
}

void ck_sigmoid_backward(ck_layout layout, ck_tensor y, ck_tensor dy, ck_tensor dx,
                         int accumulate, int threads) {
  propagate(layout, no_rectifier, y, dy, dx, accumulate, threads, sigmoid_gradient_chunk);
}

void ck_swish(ck_layout layout, ck_tensor x, ck_tensor y, int threads) {
  apply(layout, no_rectifier, x, y, threads, swish_chunk);
}

void ck_swish_backward(ck_layout layout, ck_tensor x, ck_tensor dy, ck_tensor dx, int accumulate,
                       int threads) {
  propagate(layout, no_rectifier, x, dy, dx, accumulate, threads, swish_gradient_chunk);
}
