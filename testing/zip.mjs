// Node has zlib.crc32 only since 20.15 and 22.2, and this must run on 20.0.
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/**
 * The checksum of the ZIP format: CRC-32 with the reflected polynomial 0xEDB88320 (PKWARE APPNOTE.TXT 4.4.7).
 *
 * @param {Uint8Array} bytes
 * @returns {number} unsigned 32 bits
 */
export function crc32(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ Number(CRC_TABLE[(crc ^ byte) & 0xff])
  return (crc ^ 0xffffffff) >>> 0
}

/**
 * Packs files into a zip archive. The same files give the same bytes everywhere: entries are stored, because what
 * deflate emits depends on the zlib inside Node, they keep the order given, and all carry the first date a zip knows.
 *
 * Layout: local headers with data, central directory, end record (PKWARE APPNOTE.TXT 4.3.6 to 4.3.16).
 *
 * @param {Record<string, string | Buffer>} files path inside the archive (with forward slashes) to content
 * @returns {Buffer}
 */
export function zip(files) {
  /** @type {Buffer[]} */
  const locals = []
  /** @type {Buffer[]} */
  const centrals = []
  let offset = 0
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path)
    const data = Buffer.from(content)
    // Shared by both kinds of header: version needed, flags (names are UTF-8), method, time, date, crc, two sizes,
    // length of the name, length of the extra field.
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(0x0021, 8) // 1980-01-01
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, data])

    const made = Buffer.from([20, 3]) // by a Unix, so that the mode below counts
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((0o100644 << 16) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02'), made, common, tail, name]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(centrals.length, 4)
  end.writeUInt16LE(centrals.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end])
}
