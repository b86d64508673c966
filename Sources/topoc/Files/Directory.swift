import Glibc
import TopoDiagnostics
internal import TopoText

/// An open directory. What is done below it goes through its descriptor, one name at a time, and never through a
/// symbolic link: nobody can move the ground away between a look and a write.
struct Directory: ~Copyable {
    /// Its path, for messages.
    let path: String
    private let descriptor: FileDescriptor

    /// Opens the directory that the user named, by whatever links; makes it where it is not there.
    /// - Throws: `FileError`.
    init(making path: String) throws(FileError) {
        let slash = UInt8(ascii: "/")
        var made = path.utf8.first == slash ? [slash] : []
        for part in ByteText.bytes(of: path).split(separator: slash) {
            made += part + [slash]
            let name = made.map(CChar.init(bitPattern:)) + [0]
            guard mkdir(name, 0o777) == 0 || errno == EEXIST || errno == EISDIR || isDirectory(name) else {
                throw FileError("make the folder", ByteText.text(made))
            }
        }
        guard let descriptor = FileDescriptor(open(ByteText.cString(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) else {
            throw FileError("open the folder", path)
        }
        self.init(path: path, descriptor: descriptor)
    }

    /// Opens the directory that the user named, by whatever links; one that is not there is not made.
    /// - Throws: `FileError`.
    init(existing path: String) throws(FileError) {
        guard let descriptor = FileDescriptor(open(ByteText.cString(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) else {
            guard errno == ENOENT else { throw FileError("open the folder", path) }
            throw FileError("write into", path, because: "there is no such folder: make it first")
        }
        self.init(path: path, descriptor: descriptor)
    }

    private init(path: String, descriptor: consuming FileDescriptor) {
        self.path = path.utf8.last == UInt8(ascii: "/") ? String(path.utf8.dropLast()) ?? path : path
        self.descriptor = descriptor
    }

    /// Opens a folder in this one; nil where there is none.
    /// - Throws: `FileError`, also for a file or a symbolic link of that name.
    func folder(_ name: String) throws(FileError) -> Directory? {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        if let folder = FileDescriptor(openat(descriptor.number, ByteText.cString(name), flags)) {
            return Directory(path: self.path(of: name), descriptor: folder)
        }
        guard errno != ENOENT else { return nil }
        guard errno != ENOTDIR, errno != ELOOP else {
            throw FileError("write into", path(of: name), because: "it is no folder, but a file or a symbolic link")
        }
        throw FileError("open the folder", path(of: name))
    }

    /// Opens a folder in this one, and makes it where there is none.
    /// - Throws: `FileError`.
    func makeFolder(_ name: String) throws(FileError) -> Directory {
        guard mkdirat(descriptor.number, ByteText.cString(name), 0o777) == 0 || errno == EEXIST else {
            throw FileError("make the folder", path(of: name))
        }
        guard let folder = try folder(name) else { throw FileError("open the folder", path(of: name)) }
        return folder
    }

    /// What is here under that name, itself and not what it links to; nil where nothing is.
    /// - Throws: `FileError`.
    func status(of name: String) throws(FileError) -> stat? {
        var status = stat()
        if fstatat(descriptor.number, ByteText.cString(name), &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
        guard errno == ENOENT else { throw FileError("look at", path(of: name)) }
        return nil
    }

    /// Where a symbolic link of this folder leads to, as it is written in it.
    /// - Throws: `FileError`.
    func target(of name: String) throws(FileError) -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { buffer in
                buffer.baseAddress.map { readlinkat(descriptor.number, ByteText.cString(name), $0, buffer.count) } ?? -1
            }
        }
        guard count >= 0 else { throw FileError("look at", path(of: name)) }
        return ByteText.text(bytes[..<count])
    }

    /// Reads a regular file of this folder.
    /// - Throws: `FileError`.
    func read(_ name: String, upTo limit: Int) throws(FileError) -> [UInt8] {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        guard let file = FileDescriptor(openat(descriptor.number, ByteText.cString(name), flags)),
            let bytes = file.bytes(upTo: limit)
        else { throw FileError("read", path(of: name)) }
        return bytes
    }

    /// Writes a file so that nobody ever sees half of it: under another name, which then takes the place of `name`.
    /// - Throws: `FileError`, its own or that of `filling`; what was there is then there still.
    func write(
        _ name: String, mode: mode_t, filling: (borrowing FileDescriptor) throws(FileError) -> Void
    ) throws(FileError) {
        let draft = ".topoc-\(getpid()).tmp"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        var number = openat(descriptor.number, draft, flags, mode)
        if number < 0, errno == EEXIST {
            unlinkat(descriptor.number, draft, 0)
            number = openat(descriptor.number, draft, flags, mode)
        }
        // The lock says that somebody is at it: a draft without one is left from a process that was killed.
        guard let file = FileDescriptor(number), flock(file.number, LOCK_EX) == 0
        else { throw FileError("write", path(of: name)) }
        do throws(FileError) {
            try filling(file)
            guard fchmod(file.number, mode) == 0,
                renameat(descriptor.number, draft, descriptor.number, ByteText.cString(name)) == 0
            else { throw FileError("write", path(of: name)) }
        } catch {
            unlinkat(descriptor.number, draft, 0)
            throw error
        }
    }

    /// Writes a text as a file, in the same way.
    /// - Throws: `FileError`.
    func write(_ name: String, mode: mode_t, text: String) throws(FileError) {
        let path = path(of: name)
        try write(name, mode: mode) { (file) throws(FileError) in
            guard file.write(text) else { throw FileError("write", path) }
        }
    }

    /// Writes these bytes as a file, in the same way.
    /// - Throws: `FileError`.
    func write(_ name: String, mode: mode_t, bytes: [UInt8]) throws(FileError) {
        let path = path(of: name)
        try write(name, mode: mode) { (file) throws(FileError) in
            guard file.write(bytes) else { throw FileError("write", path) }
        }
    }

    /// Sets the mode of a file of this folder.
    /// - Throws: `FileError`.
    func setMode(_ mode: mode_t, of name: String) throws(FileError) {
        guard fchmodat(descriptor.number, ByteText.cString(name), mode, 0) == 0 else {
            throw FileError("set the mode of", path(of: name))
        }
    }

    /// Removes a file of this folder; one that is gone already is no error.
    /// - Throws: `FileError`.
    func remove(_ name: String) throws(FileError) {
        guard unlinkat(descriptor.number, ByteText.cString(name), 0) == 0 || errno == ENOENT else {
            throw FileError("remove", path(of: name))
        }
    }

    /// What is in this folder, but `.` and `..`; nothing where it cannot be read.
    func names() -> [String] {
        let copy = openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    ByteText.text(
                        UnsafeRawBufferPointer(
                            start: pointer, count: strlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
                        ))
                })
        }
        return names.filter { !$0.isSame(as: ".") && !$0.isSame(as: "..") }
    }

    /// Removes the temporary files that writers left here which were killed; what cannot be removed stays.
    func removeDrafts() {
        for name in names() where isDraft(name) {
            let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
            guard let file = FileDescriptor(openat(descriptor.number, name, flags)), file.status?.isRegular == true,
                flock(file.number, LOCK_EX | LOCK_NB) == 0
            else { continue }
            unlinkat(descriptor.number, name, 0)
        }
    }

    /// Locks this folder until it is closed here and in every process that was started meanwhile.
    /// - Returns: false where another process has it locked.
    func lock() -> Bool {
        let flags = fcntl(descriptor.number, F_GETFD)
        return flock(descriptor.number, LOCK_EX | LOCK_NB) == 0
            && fcntl(descriptor.number, F_SETFD, flags & ~FD_CLOEXEC) == 0
    }

    /// The folder itself, for a look at who owns it and where it is.
    var status: stat? { descriptor.status }

    /// Removes a folder of this one, if it is empty.
    func removeIfEmpty(_ name: String) { unlinkat(descriptor.number, ByteText.cString(name), AT_REMOVEDIR) }

    /// The path of something in this folder, for messages.
    func path(of name: String) -> String { "\(path)/\(name)" }
}

private func isDirectory(_ path: [CChar]) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.isDirectory
}

/// Whether a file has the name of a draft: `.topoc-PID.tmp`.
private func isDraft(_ name: String) -> Bool {
    guard name.begins(with: ".topoc-"), name.ends(with: ".tmp") else { return false }
    let digits = name.utf8.dropFirst(7).dropLast(4)
    return !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) }
}
