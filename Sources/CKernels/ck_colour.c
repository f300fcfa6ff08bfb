#include "ck_colour.h"
#include "ck_dispatch.h"
#include "ck_image.h"
#include "ck_math.h"
#include "ck_warp.h"

// NaN stays NaN.
CK_INLINE float kept(float v) { return v < 0 ? 0 : v > 255 ? 255 : v; }

CK_KERNEL void ck_scale_values(float *values, long count, float scale, float offset, int rounds) {
  if (rounds)
    for (long i = 0; i < count; i++) values[i] = kept(rintf(values[i] * scale + offset));
  else
    for (long i = 0; i < count; i++) values[i] = kept(values[i] * scale + offset);
}

CK_KERNEL void ck_gamma(float *values, long count, float power) {
  for (long i = 0; i < count; i++) {
    float v = values[i], share = v < 1e-3f ? 1e-3f / 255 : v / 255;
    float result = 255 * ck_exp(power * ck_log(share));
    values[i] = v < 1e-3f ? v : kept(result);
  }
}

CK_KERNEL void ck_posterize(float *values, long count) {
  for (long i = 0; i < count; i++) values[i] = floorf(kept(values[i]) / 64) * 64 + 32;
}

CK_INLINE float grey_of(float r, float g, float b) { return 0.299f * r + 0.587f * g + 0.114f * b; }

CK_KERNEL void ck_saturate(float *rgb, long area, float keep) {
  float *red = rgb, *green = rgb + area, *blue = rgb + 2 * area;
  for (long i = 0; i < area; i++) {
    float r = red[i], g = green[i], b = blue[i], grey = grey_of(r, g, b);
    red[i] = kept(grey + keep * (r - grey));
    green[i] = kept(grey + keep * (g - grey));
    blue[i] = kept(grey + keep * (b - grey));
  }
}

// Sixteen sums side by side over chunks of 4096, which are added in their order.
CK_KERNEL double ck_mean_grey(const float *image, long area, int channels) {
  enum { chunk = 4096, lanes = 16 };
  double total = 0;
  for (long start = 0; start < area; start += chunk) {
    long end = area - start < chunk ? area : start + chunk;
    float sums[lanes] = {0};
    for (int c = 0; c < channels; c++) {
      const float *plane = image + c * area;
      float weight = channels == 1 ? 1 : c == 0 ? 0.299f : c == 1 ? 0.587f : 0.114f;
      long i = start;
      for (; i + lanes <= end; i += lanes)
        for (int j = 0; j < lanes; j++) sums[j] += weight * plane[i + j];
      for (; i < end; i++) sums[0] += weight * plane[i];
    }
    for (int j = 0; j < lanes; j++) total += sums[j];
  }
  return total / area;
}

CK_KERNEL void ck_exchange_channels(float *rgb, long area, const int order[3]) {
  for (long i = 0; i < area; i++) {
    float v[3] = {rgb[i], rgb[area + i], rgb[2 * area + i]};
    for (int c = 0; c < 3; c++) rgb[c * area + i] = v[order[c]];
  }
}

// MARK: HSV and Lab

typedef struct {
  float h, s, v;
} hsv;

CK_INLINE hsv hsv_of(float r, float g, float b) {
  float v = r > g ? r : g, m = r < g ? r : g;
  v = v > b ? v : b;
  m = m < b ? m : b;
  float d = v - m, over = 1 / (d > 0 ? d : 1);
  float of_red = 30 * (g - b) * over, of_green = 60 + 30 * (b - r) * over;
  float of_blue = 120 + 30 * (r - g) * over;
  float h = v == r ? of_red : v == g ? of_green : of_blue;
  h = h < 0 ? h + 180 : h;
  return (hsv){d > 0 ? h : 0, v > 0 ? 255 * d / v : 0, v};
}

// A. R. Smith 1978, without branches: v - v s max(0, min(k, 4 - k, 1)), k = (n + h / 30) mod 6.
CK_INLINE float channel_of(hsv c, float n) {
  float k = n + c.h * (1.0f / 30);
  k = k >= 6 ? k - 6 : k;
  float least = k < 4 - k ? k : 4 - k;
  least = least > 1 ? 1 : least < 0 ? 0 : least;
  return c.v - c.v * c.s * (1.0f / 255) * least;
}

CK_KERNEL void ck_change_hsv(float *rgb, long area, ck_hsv_change change) {
  float *red = rgb, *green = rgb + area, *blue = rgb + 2 * area;
  float rounding = change.rounds ? 1 : 0;
  for (long i = 0; i < area; i++) {
    hsv c = hsv_of(red[i], green[i], blue[i]);
    c.h += rounding * (rintf(c.h) - c.h);
    c.s += rounding * (rintf(c.s) - c.s);
    c.h += change.hue;
    c.h -= 180 * floorf(c.h * (1.0f / 180));
    c.h = c.h >= 180 ? 0 : c.h;
    c.s = kept(change.saturation_scale * c.s + change.saturation);
    c.s += rounding * (rintf(c.s) - c.s);
    c.v = kept(c.v + change.value);
    red[i] = kept(channel_of(c, 5));
    green[i] = kept(channel_of(c, 3));
    blue[i] = kept(channel_of(c, 1));
  }
}

CK_KERNEL void ck_false_hsv(float *rgb, long area) {
  float *red = rgb, *green = rgb + area, *blue = rgb + 2 * area;
  for (long i = 0; i < area; i++) {
    hsv c = hsv_of(red[i], green[i], blue[i]);
    float h = rintf(c.h);
    blue[i] = h >= 180 ? 0 : h;
    green[i] = rintf(c.s);
    red[i] = rintf(c.v);
  }
}

CK_INLINE float linear(float v) {
  float share = v * (1.0f / 255);
  float base = (share + 0.055f) * (1 / 1.055f);
  float curve = ck_exp(2.4f * ck_log(base));
  return share <= 0.04045f ? share * (1 / 12.92f) : curve;
}

CK_INLINE float lab_curve(float t) {
  return t > 0.008856f ? ck_cbrt(t) : 7.787f * t + 16.0f / 116;
}

CK_KERNEL void ck_false_lab(float *rgb, long area) {
  float *red = rgb, *green = rgb + area, *blue = rgb + 2 * area;
  for (long i = 0; i < area; i++) {
    float r = linear(red[i]), g = linear(green[i]), b = linear(blue[i]);
    float x = lab_curve((0.412453f * r + 0.357580f * g + 0.180423f * b) * (1 / 0.950456f));
    float luminance = 0.212671f * r + 0.715160f * g + 0.072169f * b, y = lab_curve(luminance);
    float z = lab_curve((0.019334f * r + 0.119193f * g + 0.950227f * b) * (1 / 1.088754f));
    float lightness = luminance > 0.008856f ? 116 * y - 16 : 903.3f * luminance;
    blue[i] = floorf(kept(lightness));
    green[i] = floorf(kept(500 * (x - y)));
    red[i] = floorf(kept(200 * (y - z)));
  }
}

// MARK: Luma

CK_KERNEL void ck_luma(const float *image, uint8_t *luma, long area, int channels) {
  const float *green = image + area, *blue = image + 2 * area;
  if (channels == 1)
    for (long i = 0; i < area; i++) luma[i] = (uint8_t)(int)(kept(image[i]) + 0.5f);
  else
    for (long i = 0; i < area; i++)
      luma[i] = (uint8_t)(int)(kept(grey_of(image[i], green[i], blue[i])) + 0.5f);
}

CK_KERNEL void ck_replace_luma(float *image, const uint8_t *before, const uint8_t *now, long area,
                               int channels) {
  for (int c = 0; c < channels; c++)
    for (long i = 0; i < area; i++)
      image[c * area + i] = kept(image[c * area + i] + (float)((int)now[i] - (int)before[i]));
}

static uint8_t rounded_byte(double v) { return (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : rint(v)); }

static void equalizing_table(const uint64_t counts[256], uint8_t table[256]) {
  uint64_t total = 0, sum = 0;
  int first = 0;
  for (int v = 0; v < 256; v++) total += counts[v];
  while (first < 255 && counts[first] == 0) first++;
  for (int v = 0; v < 256; v++) table[v] = (uint8_t)v;
  if (counts[first] == total) return;
  for (int v = 0; v <= first; v++) table[v] = 0;
  for (int v = first + 1; v < 256; v++) {
    sum += counts[v];
    table[v] = rounded_byte((double)sum * (255.0f / (float)(total - counts[first])));
  }
}

void ck_equalize(const uint8_t *source, uint8_t *target, long count) {
  uint64_t counts[256] = {0};
  uint8_t table[256];
  ck_histogram(source, count, 1, counts);
  equalizing_table(counts, table);
  for (long i = 0; i < count; i++) target[i] = table[source[i]];
}

// The excess over the limit goes to all values alike, what remains of it to every few.
static void clip_histogram(int counts[256], int limit) {
  int excess = 0;
  for (int v = 0; v < 256; v++)
    if (counts[v] > limit) {
      excess += counts[v] - limit;
      counts[v] = limit;
    }
  int each = excess / 256, rest = excess - each * 256;
  for (int v = 0; v < 256; v++) counts[v] += each;
  if (!rest) return;
  int step = 256 / rest > 1 ? 256 / rest : 1;
  for (int v = 0; v < 256 && rest > 0; v += step, rest--) counts[v]++;
}

// The same operations as OpenCV's, and its extent of tiles: where they fill one axis alone, both are
// extended.
void ck_clahe(const uint8_t *source, uint8_t *target, int h, int w, int tiles, double clip,
              uint8_t *tables) {
  int extends = h % tiles || w % tiles;
  int tile_h = h / tiles + extends, tile_w = w / tiles + extends, area = tile_h * tile_w;
  int limit = (int)(clip * area / 256);
  float scale = 255.0f / area, down = 1.0f / tile_h, across = 1.0f / tile_w;
  for (int tile = 0; tile < tiles * tiles; tile++) {
    int counts[256] = {0};
    int top = tile / tiles * tile_h, left = tile % tiles * tile_w;
    for (int y = top; y < top + tile_h; y++)
      for (int x = left; x < left + tile_w; x++)
        counts[source[(long)ck_border_index(y, h, ck_border_reflect101) * w +
                      ck_border_index(x, w, ck_border_reflect101)]]++;
    clip_histogram(counts, limit > 1 ? limit : 1);
    int sum = 0;
    for (int v = 0; v < 256; v++) {
      sum += counts[v];
      tables[tile * 256 + v] = rounded_byte(sum * scale);
    }
  }
  for (int y = 0; y < h; y++) {
    float at_y = y * down - 0.5f;
    int row = (int)floorf(at_y), lower = row + 1 < tiles ? row + 1 : tiles - 1;
    float fy = at_y - row;
    if (row < 0) row = 0;
    for (int x = 0; x < w; x++) {
      float at_x = x * across - 0.5f;
      int column = (int)floorf(at_x), right = column + 1 < tiles ? column + 1 : tiles - 1;
      float fx = at_x - column;
      if (column < 0) column = 0;
      int v = source[(long)y * w + x];
      float above = tables[(row * tiles + column) * 256 + v] * (1 - fx) +
                    tables[(row * tiles + right) * 256 + v] * fx;
      float below = tables[(lower * tiles + column) * 256 + v] * (1 - fx) +
                    tables[(lower * tiles + right) * 256 + v] * fx;
      target[(long)y * w + x] = rounded_byte(above * (1 - fy) + below * fy);
    }
  }
}

// MARK: Noise

CK_KERNEL void ck_add_noise(float *values, const float *noise, long count, float deviation,
                            float speckle) {
  for (long i = 0; i < count; i++)
    values[i] = kept(values[i] + noise[i] * (deviation + speckle * values[i]));
}

// The quantile of u by adding up probabilities (Devroye 1986, X.3).
static float poisson_quantile(float mean, float u) {
  float term = ck_exp(-mean), sum = term;
  int k = 0;
  while (u > sum && k < 120) {
    k++;
    term *= mean / k;
    sum += term;
  }
  return (float)k;
}

CK_KERNEL void ck_shot_noise(float *values, const float *uniform, const float *normal, long count,
                             float photons) {
  for (long i = 0; i < count; i++) {
    float mean = kept(values[i]) / 255 * photons, counted;
    if (mean > 30)
      counted = rintf(mean + sqrtf(mean) * normal[i]);
    else
      counted = poisson_quantile(mean, uniform[i]);
    values[i] = kept(counted / photons * 255);
  }
}
