#include "ic_internal.h"

#include <blosc.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

static int say_wrong(const char *codec, ic_message *message) {
  ic_say(message, "a chunk cannot be decompressed (%s): " IC_DAMAGED, codec);
  return 0;
}

int ic_is_gzip(const uint8_t *bytes, size_t count) {
  return count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

int ic_inflate(const uint8_t *from, size_t count, uint8_t *into, size_t room, ic_message *message) {
  z_stream stream = {0};
  if (count > UINT32_MAX || room > UINT32_MAX || inflateInit2(&stream, 47) != Z_OK)
    return say_wrong("zlib", message);
  stream.next_in = (Bytef *)from;
  stream.avail_in = (uInt)count;
  stream.next_out = into;
  stream.avail_out = (uInt)room;
  int status;
  // The call behind the last byte reads the checksum.
  uint8_t beyond;
  do {
    if (!stream.avail_out) {
      stream.next_out = &beyond;
      stream.avail_out = 1;
      status = inflate(&stream, Z_NO_FLUSH);
      if (!stream.avail_out) status = Z_DATA_ERROR;
      stream.avail_out = 0;
      break;
    }
    status = inflate(&stream, Z_NO_FLUSH);
    if (status == Z_STREAM_END && stream.avail_out && ic_is_gzip(stream.next_in, stream.avail_in))
      status = inflateReset(&stream);
  } while (status == Z_OK);
  int whole = status == Z_STREAM_END && !stream.avail_out;
  inflateEnd(&stream);
  return whole ? 1 : say_wrong("zlib", message);
}

int ic_zstd(const uint8_t *from, size_t count, uint8_t *into, size_t room, ic_message *message) {
  return ZSTD_decompress(into, room, from, count) == room ? 1 : say_wrong("Zstandard", message);
}

int ic_blosc(const uint8_t *from, size_t count, uint8_t *into, size_t room, ic_message *message) {
  size_t bytes = 0;
  if (blosc_cbuffer_validate(from, count, &bytes) < 0 || bytes != room) return say_wrong("Blosc", message);
  if (!room) return 1;
  return blosc_decompress_ctx(from, into, room, 1) == (int)room ? 1 : say_wrong("Blosc", message);
}

uint8_t *ic_gzip(const uint8_t *from, size_t count, size_t *result, ic_message *message) {
  z_stream stream = {0};
  uint8_t *into = NULL;
  if (count <= UINT32_MAX && deflateInit2(&stream, 6, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY) == Z_OK) {
    uLong room = deflateBound(&stream, (uLong)count);
    into = room <= UINT32_MAX ? malloc(room) : NULL;
    if (into) {
      stream.next_in = (Bytef *)from;
      stream.avail_in = (uInt)count;
      stream.next_out = into;
      stream.avail_out = (uInt)room;
      if (deflate(&stream, Z_FINISH) != Z_STREAM_END) {
        free(into);
        into = NULL;
      } else {
        *result = stream.total_out;
      }
    }
    deflateEnd(&stream);
  }
  if (!into) ic_say(message, "cannot be compressed: out of memory");
  return into;
}

uint32_t ic_crc32c(const uint8_t *bytes, size_t count) {
  uint32_t sum = ~(uint32_t)0;
  for (size_t i = 0; i < count; i++) {
    sum ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) sum = sum >> 1 ^ (0x82F63B78 & -(sum & 1));
  }
  return ~sum;
}
