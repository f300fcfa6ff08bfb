#include "ck_lattice.h"

#include <math.h>
#include <stdlib.h>

#include "ck_parallel.h"

// Of points, of vertices and of shares, so many are a unit of work.
enum {
  MAX_DIMENSIONS = 2 + CK_LATTICE_MAX_CHANNELS,
  POINT_PART = 1024,
  VERTEX_PART = 1024,
  SHARE_PART = 8192,
};

typedef struct {
  long first, end;
} range;

static int parts_of(long count, int part) { return (int)((count + part - 1) / part); }

static range range_of(long unit, long count, int part) {
  long first = unit * part, end = first + part;
  return (range){first, end < count ? end : count};
}

// MARK: Embedding

typedef struct {
  ck_lattice *lattice;
  const float *image;
  int w, channels;
  double scales[MAX_DIMENSIONS];
  uint8_t *ranks;  // [N, d + 1]
} embedding;

// The simplex of the lattice around a point of scaled features [d] (Adams et al., section 3.2):
// its corner of remainder 0, origin [d + 1]; for each coordinate, how many others are farther beyond
// the origin's, ranks [d + 1]; the point's barycentric coordinates, weights [d + 1].
static void embed(int d, const double *features, int32_t *origin, uint8_t *ranks, float *weights) {
  double elevated[MAX_DIMENSIONS + 1], beyond[MAX_DIMENSIONS + 1], sorted[MAX_DIMENSIONS + 1];
  int rank[MAX_DIMENSIONS + 1], excess = 0;
  double sum = 0;
  for (int i = d; i > 0; i--) {
    elevated[i] = sum - i * features[i - 1];
    sum += features[i - 1];
  }
  elevated[0] = sum;
  for (int i = 0; i <= d; i++) {
    double nearest = floor(elevated[i] / (d + 1) + 0.5);
    excess += (int)nearest;
    origin[i] = (int32_t)nearest * (d + 1);
    beyond[i] = elevated[i] - origin[i];
    rank[i] = 0;
  }
  for (int i = 0; i < d; i++)
    for (int j = i + 1; j <= d; j++) {
      int is_less = beyond[i] < beyond[j];
      rank[i] += is_less;
      rank[j] += !is_less;
    }
  // The coordinates of a vertex add up to 0: those that rounding moved farthest move back.
  for (int i = 0; i <= d; i++) {
    rank[i] += excess;
    int turn = rank[i] > d ? -(d + 1) : rank[i] < 0 ? d + 1 : 0;
    rank[i] += turn;
    origin[i] += turn;
    sorted[rank[i]] = elevated[i] - origin[i];
    ranks[i] = (uint8_t)rank[i];
  }
  for (int k = 0; k <= d; k++) {
    double weight = k == 0 ? 1 - (sorted[0] - sorted[d]) / (d + 1)
                           : (sorted[d - k] - sorted[d + 1 - k]) / (d + 1);
    weights[k] = weight > 0 ? (float)weight : 0;
  }
}

static void embed_part(void *context, int unit) {
  const embedding *job = context;
  const ck_lattice *lattice = job->lattice;
  int d = lattice->dimensions;
  range part = range_of(unit, lattice->points, POINT_PART);
  for (long p = part.first; p < part.end; p++) {
    double features[MAX_DIMENSIONS];
    features[0] = (double)(p % job->w) * job->scales[0];
    features[1] = (double)(p / job->w) * job->scales[1];
    for (int c = 0; c < job->channels; c++) {
      float value = job->image[p * job->channels + c];
      float bounded = value > 0 ? (value < 255 ? value : 255) : 0;
      features[2 + c] = (double)bounded * job->scales[2 + c];
    }
    long at = p * (d + 1);
    embed(d, features, lattice->corners + at, job->ranks + at, lattice->weights + at);
  }
}

// MARK: Vertices

// The vertices found so far and a table to find them in. A vertex is known by all of its coordinates
// but the last.
typedef struct {
  int dimensions;
  int32_t count;
  int32_t *keys;   // [room + 1, d]: the coordinates of vertex 1...
  int32_t *slots;  // [2 · room]: vertices, each at its hash or behind it; 0 where there is none
  long room;       // a power of 2
} directory;

static long slot_of(const directory *all, const int32_t *key) {
  uint64_t hash = 0;
  for (int i = 0; i < all->dimensions; i++)
    hash = (hash + (uint32_t)key[i]) * 0x9E3779B97F4A7C15u;
  return (long)((hash ^ hash >> 32) & (uint64_t)(2 * all->room - 1));
}

static int is_key(const directory *all, int32_t vertex, const int32_t *key) {
  const int32_t *known = all->keys + (long)vertex * all->dimensions;
  for (int i = 0; i < all->dimensions; i++)
    if (known[i] != key[i]) return 0;
  return 1;
}

// The slot of a vertex, or the empty one where it would be.
static int32_t *find(const directory *all, const int32_t *key) {
  long slot = slot_of(all, key);
  while (all->slots[slot] != 0 && !is_key(all, all->slots[slot], key))
    slot = (slot + 1) & (2 * all->room - 1);
  return all->slots + slot;
}

static int make_room(directory *all, long room) {
  size_t key_bytes = sizeof(int32_t) * (size_t)all->dimensions;
  int32_t *keys = realloc(all->keys, key_bytes * (size_t)(room + 1));
  if (!keys) return -1;
  all->keys = keys;
  int32_t *slots = calloc((size_t)(2 * room), sizeof *slots);
  if (!slots) return -1;
  free(all->slots);
  all->slots = slots;
  all->room = room;
  for (int32_t vertex = 1; vertex <= all->count; vertex++)
    *find(all, keys + (long)vertex * all->dimensions) = vertex;
  return 0;
}

// The number of a vertex, a new one where it has none; -1 where memory does not suffice.
static int32_t number_of(directory *all, const int32_t *key) {
  int32_t *slot = find(all, key);
  if (*slot != 0) return *slot;
  if (all->count == all->room) {
    if (make_room(all, 2 * all->room) != 0) return -1;
    slot = find(all, key);
  }
  *slot = ++all->count;
  memcpy(all->keys + (long)all->count * all->dimensions, key,
         sizeof(int32_t) * (size_t)all->dimensions);
  return all->count;
}

// Replaces the origins that stand in `corners` by the numbers of the vertices.
static int number_corners(ck_lattice *lattice, const uint8_t *ranks, directory *all) {
  int d = lattice->dimensions;
  int32_t before[MAX_DIMENSIONS + 1] = {0}, origin[MAX_DIMENSIONS + 1], key[MAX_DIMENSIONS + 1];
  for (long p = 0; p < lattice->points; p++, ranks += d + 1) {
    int32_t *corners = lattice->corners + p * (d + 1);
    memcpy(origin, corners, sizeof(int32_t) * (size_t)(d + 1));
    for (int k = 0; k <= d; k++) {
      for (int i = 0; i < d; i++) key[i] = origin[i] + (ranks[i] <= d - k ? k : k - (d + 1));
      // Neighbouring points mostly have the same corners.
      int is_same = before[k] != 0 && is_key(all, before[k], key);
      corners[k] = is_same ? before[k] : number_of(all, key);
      if (corners[k] < 0) return -1;
      before[k] = corners[k];
    }
  }
  return 0;
}

// Sorts the shares by their vertices.
static void sort_shares(ck_lattice *lattice) {
  int corners = lattice->dimensions + 1;
  long count = lattice->points * corners, *next = lattice->starts;
  for (long i = 0; i < count; i++) next[lattice->corners[i]]++;
  long sum = 0;
  for (long vertex = 0; vertex <= lattice->vertices + 1; vertex++) {
    long shares = next[vertex];
    next[vertex] = sum;
    sum += shares;
  }
  for (long i = 0; i < count; i++)
    lattice->shares[next[lattice->corners[i]]++] =
        (ck_lattice_share){(int32_t)(i / corners), lattice->weights[i]};
  // Each now stands at the end of its vertex, which is the start of the next.
  memmove(next + 1, next, sizeof(long) * (size_t)(lattice->vertices + 1));
  next[0] = 0;
}

typedef struct {
  ck_lattice *lattice;
  const directory *all;
} linking;

// Along direction j the next vertex is 1 farther in every coordinate but j, and d back in that.
static void link_part(void *context, int unit) {
  const linking *job = context;
  const ck_lattice *lattice = job->lattice;
  long count = lattice->vertices;
  int d = lattice->dimensions, parts = parts_of(count, VERTEX_PART), direction = unit / parts;
  range part = range_of(unit % parts, count, VERTEX_PART);
  int32_t(*neighbours)[2] = (int32_t(*)[2])lattice->neighbours + direction * (count + 1);
  int32_t key[MAX_DIMENSIONS + 1];
  for (long v = 1 + part.first; v <= part.end; v++) {
    for (int i = 0; i < d; i++) key[i] = job->all->keys[v * d + i] + (i == direction ? -d : 1);
    int32_t next = *find(job->all, key);
    neighbours[v][1] = next;
    if (next != 0) neighbours[next][0] = (int32_t)v;
  }
}

// MARK: Making

void ck_lattice_free(ck_lattice *lattice) {
  free(lattice->corners);
  free(lattice->weights);
  free(lattice->starts);
  free(lattice->shares);
  free(lattice->neighbours);
  free(lattice->values[0]);
  free(lattice->values[1]);
  *lattice = (ck_lattice){0};
}

static int fill(ck_lattice *lattice, embedding *job, directory *all, int blocks, int threads) {
  int corners = lattice->dimensions + 1;
  if (lattice->points > (INT32_MAX - 1) / corners) return -1;
  size_t count = (size_t)(lattice->points * corners);
  lattice->corners = malloc(sizeof *lattice->corners * count);
  lattice->weights = malloc(sizeof *lattice->weights * count);
  lattice->shares = malloc(sizeof *lattice->shares * count);
  job->ranks = malloc(count);
  if (!lattice->corners || !lattice->weights || !lattice->shares || !job->ranks) return -1;
  ck_parallel(threads, parts_of(lattice->points, POINT_PART), embed_part, job);

  if (make_room(all, 1024) != 0 || number_corners(lattice, job->ranks, all) != 0) return -1;
  lattice->vertices = all->count;
  size_t places = (size_t)all->count + 1;
  lattice->starts = calloc(places + 1, sizeof *lattice->starts);
  lattice->neighbours = calloc(places * (size_t)corners * 2, sizeof *lattice->neighbours);
  for (int i = 0; i < 2; i++)
    lattice->values[i] = calloc(places * (size_t)blocks, sizeof(float) * CK_LATTICE_LANES);
  if (!lattice->starts || !lattice->neighbours || !lattice->values[0] || !lattice->values[1])
    return -1;
  sort_shares(lattice);
  linking links = {lattice, all};
  ck_parallel(threads, corners * parts_of(all->count, VERTEX_PART), link_part, &links);
  return 0;
}

int ck_lattice_make(ck_lattice *lattice, int h, int w, const float *image, int channels,
                    float position_deviation, float channel_deviation, int blocks, int threads) {
  int d = 2 + channels;
  *lattice = (ck_lattice){.dimensions = d, .points = (long)h * w};
  embedding job = {.lattice = lattice, .image = image, .w = w, .channels = channels};
  // Splat, blur and slice together have the deviation (d + 1) √⅔ (Adams et al., section 3.1); the
  // elevated features need unit vectors along the axes.
  for (int i = 0; i < d; i++) {
    double deviation = i < 2 ? position_deviation : channel_deviation;
    job.scales[i] = (d + 1) * sqrt(2.0 / 3) / sqrt((i + 1.0) * (i + 2)) / deviation;
  }
  directory all = {.dimensions = d};
  int status = fill(lattice, &job, &all, blocks, threads);
  free(job.ranks);
  free(all.keys);
  free(all.slots);
  return status;
}

// MARK: Filtering

typedef struct {
  const ck_lattice *lattice;
  const float *from;
  float *to;
  int direction;
} pass;

// The first vertex from 1 on whose shares begin at `share` or behind.
static long vertex_at(const ck_lattice *lattice, long share) {
  long low = 1, high = lattice->vertices + 1;
  while (low < high) {
    long middle = (low + high) / 2;
    if (lattice->starts[middle] < share)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// Vertices have very different numbers of shares; a part is the vertices whose shares begin in it.
CK_KERNEL static void splat_part(void *context, int unit) {
  const pass *job = context;
  const ck_lattice *lattice = job->lattice;
  long count = lattice->points * (lattice->dimensions + 1);
  int parts = parts_of(count, SHARE_PART), block = unit / parts;
  range part = range_of(unit % parts, count, SHARE_PART);
  long end = vertex_at(lattice, part.end);
  const float *values = job->from + block * lattice->points * CK_LATTICE_LANES;
  float *to = job->to + block * (lattice->vertices + 1) * CK_LATTICE_LANES;
  for (long v = vertex_at(lattice, part.first); v < end; v++) {
    float sum[CK_LATTICE_LANES] = {0};
    for (long i = lattice->starts[v]; i < lattice->starts[v + 1]; i++) {
      const float *value = values + (long)lattice->shares[i].point * CK_LATTICE_LANES;
      float weight = lattice->shares[i].weight;
      for (int lane = 0; lane < CK_LATTICE_LANES; lane++) sum[lane] += weight * value[lane];
    }
    memcpy(to + v * CK_LATTICE_LANES, sum, sizeof sum);
  }
}

CK_KERNEL static void blur_part(void *context, int unit) {
  const pass *job = context;
  const ck_lattice *lattice = job->lattice;
  long count = lattice->vertices;
  int parts = parts_of(count, VERTEX_PART), block = unit / parts;
  range part = range_of(unit % parts, count, VERTEX_PART);
  const int32_t(*neighbours)[2] =
      (const int32_t(*)[2])lattice->neighbours + job->direction * (count + 1);
  const float *from = job->from + block * (count + 1) * CK_LATTICE_LANES;
  float *to = job->to + block * (count + 1) * CK_LATTICE_LANES;
  for (long v = 1 + part.first; v <= part.end; v++) {
    const float *here = from + v * CK_LATTICE_LANES;
    const float *before = from + (long)neighbours[v][0] * CK_LATTICE_LANES;
    const float *after = from + (long)neighbours[v][1] * CK_LATTICE_LANES;
    float sum[CK_LATTICE_LANES];
    for (int lane = 0; lane < CK_LATTICE_LANES; lane++)
      sum[lane] = here[lane] + 0.5f * (before[lane] + after[lane]);
    memcpy(to + v * CK_LATTICE_LANES, sum, sizeof sum);
  }
}

const float *ck_lattice_blur(const ck_lattice *lattice, const float *values, int blocks,
                             int threads) {
  pass job = {.lattice = lattice, .from = values, .to = lattice->values[0]};
  long shares = lattice->points * (lattice->dimensions + 1);
  ck_parallel(threads, blocks * parts_of(shares, SHARE_PART), splat_part, &job);
  for (int direction = 0; direction <= lattice->dimensions; direction++) {
    job.from = lattice->values[direction % 2];
    job.to = lattice->values[1 - direction % 2];
    job.direction = direction;
    ck_parallel(threads, blocks * parts_of(lattice->vertices, VERTEX_PART), blur_part, &job);
  }
  return job.to;
}

typedef struct {
  ck_lattice *lattice;
  const float *factors;
} scaling;

static void scale_part(void *context, int unit) {
  const scaling *job = context;
  ck_lattice *lattice = job->lattice;
  int corners = lattice->dimensions + 1;
  range part = range_of(unit, lattice->points, POINT_PART);
  for (long i = part.first * corners; i < part.end * corners; i++) {
    lattice->weights[i] *= job->factors[i / corners];
    lattice->shares[i].weight *= job->factors[lattice->shares[i].point];
  }
}

void ck_lattice_scale(ck_lattice *lattice, const float *factors, int threads) {
  scaling job = {lattice, factors};
  ck_parallel(threads, parts_of(lattice->points, POINT_PART), scale_part, &job);
}
