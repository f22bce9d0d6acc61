#!/usr/bin/env bash
# Put Ghost, the node it runs on, and SQLite for it into a folder:  fetch-ghost.sh FOLDER
#
# Everything comes from npm, about 0.8 GB; SQLite is compiled here, without optimising: that takes a
# third of the time, and a throw-away site does not feel it. GHOST_PKG names another version of the
# package; it must ship pnpm-lock.yaml (6.x does).
. "$(dirname "$0")/common.sh"
TO=$1
PACKAGE=${GHOST_PKG:-ghost@6.65.0}
NODE=node@22.23.3
GYP=node-gyp@11.4.2
need npm python3 make c++ tar
mkdir -p "$TO/tools" && TO=$(cd "$TO" && pwd -P) && cd "$TO"

npm pack --silent "$PACKAGE"
tar -xzf ghost-*.tgz && rm ghost-*.tgz
[ -f package/pnpm-lock.yaml ] || die "$PACKAGE ships no pnpm-lock.yaml"

echo '{"private": true}' >tools/package.json
PNPM=$(python3 -c 'import json; print(json.load(open("package/package.json"))["packageManager"].split("+")[0])')
(cd tools && npm install --no-audit --no-fund "$PNPM" "$NODE" "$GYP")
node=$(find tools/node_modules -type f -path '*/bin/node' -size +1M | head -n 1)
HOME_OF_NODE=$TO/${node%/bin/node}
[ -d "$HOME_OF_NODE/include/node" ] || die "$NODE came without its program or its headers"
ln -s "$HOME_OF_NODE" node
export PATH="$TO/tools/node_modules/.bin:$HOME_OF_NODE/bin:$PATH"

cd package
CI=true pnpm install --prod --frozen-lockfile --ignore-scripts --store-dir="$TO/store"
rm -rf "$TO/store"
cd "$(readlink -f node_modules/better-sqlite3)"
CFLAGS=-O0 CXXFLAGS=-O0 npm_config_nodedir=$HOME_OF_NODE node-gyp rebuild --release -j 2
node -e 'new (require("better-sqlite3"))(":memory:")'
