#include "ck_scene.h"
#include "ck_random.h"

#include <math.h>

static float lattice(int x, int y, int cell, uint64_t seed, uint32_t purpose, uint32_t scene) {
  uint32_t point = (uint32_t)y << 16 | (uint32_t)x;
  uint32_t word = ck_philox(seed, point, purpose, scene, (uint32_t)cell).word[0];
  return (word >> 8) * 0x1p-23f - 1;
}

static float smooth(float t) { return t * t * (3 - 2 * t); }

void ck_scene_noise(float *rgb, int h, int w, int cell, const float *amplitude, uint64_t seed,
                    uint32_t purpose, uint32_t scene) {
  for (int top = 0; top < h; top += cell)
    for (int left = 0; left < w; left += cell) {
      int column = left / cell, row = top / cell;
      float corner[4];
      for (int i = 0; i < 4; i++)
        corner[i] = lattice(column + (i & 1), row + (i >> 1), cell, seed, purpose, scene);
      for (int y = top; y < h && y < top + cell; y++)
        for (int x = left; x < w && x < left + cell; x++) {
          float u = smooth((float)(x - left) / cell), v = smooth((float)(y - top) / cell);
          float upper = corner[0] + (corner[1] - corner[0]) * u;
          float lower = corner[2] + (corner[3] - corner[2]) * u;
          float value = upper + (lower - upper) * v;
          for (int c = 0; c < 3; c++) rgb[3 * ((long)y * w + x) + c] += amplitude[c] * value;
        }
    }
}

// Where (u, v), in half extents of the shape, lies: 0 in the middle, 1 on the rim, more outside.
static float depth_in(int kind, float u, float v) {
  float radius = sqrtf(u * u + v * v);
  float across = fabsf(u), along = fabsf(v);
  switch (kind) {
    case ck_disc: return radius;
    case ck_box: return across > along ? across : along;
    case ck_triangle: {
      float side = across + (v + 1) / 2;  // the rim runs from (±1, -1) to (0, 1)
      return side > -v ? side : -v;
    }
    default: return fabsf(radius - 0.76f) / 0.24f;
  }
}

// Where a pixel lies within a shape.
static float depth_at(const ck_scene_shape *shape, float x, float y, float *along) {
  float dx = x - shape->x, dy = y - shape->y;
  float u = dx * shape->axis_x + dy * shape->axis_y, v = dy * shape->axis_x - dx * shape->axis_y;
  *along = v;
  return depth_in(shape->kind, u / shape->half_x, v / shape->half_y);
}

void ck_scene_paint(float *rgb, uint8_t *ids, int h, int w, const ck_scene_shape *shape) {
  float reach = 1.5f * (shape->half_x + shape->half_y), along;
  float shadow = 0.12f * (shape->half_x + shape->half_y);
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      if (fabsf(x - shape->x) > reach || fabsf(y - shape->y) > reach) continue;
      float *at = rgb + 3 * ((long)y * w + x);
      float depth = depth_at(shape, x, y, &along);
      if (depth > 1) {
        float shade = 1.15f - depth_at(shape, x - shadow, y - shadow, &along);
        if (shade > 0)
          for (int c = 0; c < 3; c++) at[c] *= 1 - 0.45f * (shade < 0.4f ? shade / 0.4f : 1);
        continue;
      }
      float bright = 1 + shape->bulge * (0.5f - depth * depth);
      if (shape->stripe_depth != 0) {
        float phase = along / shape->stripe;
        float wave = fabsf(phase - floorf(phase) - 0.5f) * 4 - 1;
        bright += shape->stripe_depth * wave;
      }
      for (int c = 0; c < 3; c++)
        at[c] = shape->colour[c] * bright + 0.15f * (at[c] - 128);
      ids[(long)y * w + x] = shape->id;
    }
}

// One pass of the binomial blur over `count` pixels that lie `stride` floats apart.
static void blur_line(float *line, int count, long stride, float amount) {
  for (int c = 0; c < 3; c++) {
    float before = line[c];
    for (int i = 0; i < count; i++) {
      float here = line[i * stride + c];
      float after = i + 1 < count ? line[(i + 1) * stride + c] : here;
      line[i * stride + c] = amount * before + (1 - 2 * amount) * here + amount * after;
      before = here;
    }
  }
}

void ck_scene_finish(float *rgb, int h, int w, const float light[3], float blur, float noise,
                     uint64_t seed, uint32_t purpose, uint32_t scene, uint8_t *pixels) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      float bright = light[0] + light[1] * x / w + light[2] * y / h;
      for (int c = 0; c < 3; c++) rgb[3 * ((long)y * w + x) + c] *= bright;
    }
  for (int y = 0; y < h; y++) blur_line(rgb + 3L * y * w, w, 3, blur);
  for (int x = 0; x < w; x++) blur_line(rgb + 3L * x, h, 3L * w, blur);
  for (long i = 0; i < (long)h * w; i++) {
    ck_philox_block random = ck_philox(seed, (uint32_t)i, purpose, scene, 0);
    for (int c = 0; c < 3; c++) {
      // The sum of four uniform bytes is close to normal, of deviation 147.8.
      uint32_t word = random.word[c];
      int sum = (word & 255) + (word >> 8 & 255) + (word >> 16 & 255) + (word >> 24) - 510;
      float value = rgb[3 * i + c] + noise * (sum / 147.8f) + 0.5f;
      pixels[3 * i + c] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
  }
}
