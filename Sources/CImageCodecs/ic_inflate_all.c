#include "ic_internal.h"

#include <stdlib.h>
#include <zlib.h>

int ic_inflate_all(const uint8_t *bytes, size_t count, size_t limit, ic_file *file,
                   ic_message *message) {
  *file = (ic_file){0};
  z_stream stream = {.next_in = (Bytef *)bytes, .avail_in = (uInt)count};
  if (count > UINT32_MAX / 2 || inflateInit(&stream) != Z_OK) {
    ic_say(message, "zlib could not be started");
    return 0;
  }
  size_t capacity = 0;
  int status = Z_OK;
  while (status == Z_OK && file->count < limit) {
    if (file->count == capacity) {
      capacity = capacity ? 2 * capacity : 4096;
      if (capacity > limit) capacity = limit;
      uint8_t *grown = realloc(file->bytes, capacity);
      if (!grown) break;
      file->bytes = grown;
    }
    stream.next_out = file->bytes + file->count;
    stream.avail_out = (uInt)(capacity - file->count);
    size_t room = stream.avail_out;
    status = inflate(&stream, Z_NO_FLUSH);
    file->count += room - stream.avail_out;
    if (status == Z_BUF_ERROR && stream.avail_in == 0) break;
    if (status == Z_BUF_ERROR) status = Z_OK;
  }
  inflateEnd(&stream);
  if (status == Z_STREAM_END) return 1;
  free(file->bytes);
  *file = (ic_file){0};
  ic_say(message, "is no data that zlib made, or of more than %zu MB", limit >> 20);
  return 0;
}
