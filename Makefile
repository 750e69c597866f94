# Deux commandes suffisent : « make run » pour essayer Jalons, « make test » pour tout vérifier.
.PHONY: help run test audio lock vendor pictures gallery

help:
	@echo "make run     prépare et lance Jalons (PORT=8123 make run pour changer de port)"
	@echo "make test    vérifie tout : code, pages, navigateur"
	@echo "make audio   fait les sons des phrases, pour les tablettes sans voix française"
	@echo "make lock    recalcule les versions verrouillées de requirements/"
	@echo "make vendor  copie les icônes et la police nommées par les contenus et les pages"
	@echo "make pictures  refait les images de docs/images (après make test)"
	@echo "make gallery   refait les images de tous les écrans, dans docs/ecrans"

run:
	@sh scripts/bootstrap/run.sh

test:
	@sh scripts/bootstrap/test.sh

audio:
	@sh scripts/bootstrap/audio.sh

lock:
	@sh scripts/bootstrap/lock.sh

vendor:
	@"$$(sh scripts/bootstrap/find_python.sh)" scripts/vendor.py

pictures:
	@.venv/bin/python scripts/pictures.py

gallery:
	@.venv/bin/python scripts/gallery.py
